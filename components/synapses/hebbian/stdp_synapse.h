#pragma once

#include <string_view>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// Spike-timing-dependent plasticity from the times of the last spikes. See `about`.
class STDPSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "STDPSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse with spike-timing-dependent plasticity of nearest pairs, from the times of their spikes.

  dW_ij =  A_plus  s_j exp(−Δ/tau_plus)    where Δ > 0
          −A_minus s_i exp( Δ/tau_minus)   where Δ < 0,  Δ = t_j − t_i
  W ← clip(W + eta dW − W dt/tau_w, 0.001, w_bound − 0.001)

s_i = preSpike and s_j = postSpike are 0 or 1, t_i = pre_tols and t_j = post_tols the times of the
last spikes, 0 for never; cells outside compute all four. Spikes at the same time change nothing.
Where tau_w is 0 or less the decay is w_decay W each evolve, whatever dt. eta is a compartment: it
may change as the circuit runs, and a reset keeps it. One sample at a time.

rising_depression takes ngc-learn's formula as it is written, exp(−Δ/tau_minus): depression then
grows with the lag, without bound.

Markram, Lübke, Frotscher & Sakmann (1997), Science 275:213–215. Bi & Poo (2001), Annu. Rev.
Neurosci. 24:139–166.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float A_plus = required;
    float A_minus = required;
    float tau_plus = 10;
    float tau_minus = 10;
    float w_decay = 0;
    float eta = 1;
    float tau_w = 0;
    float w_bound = 1;
    bool rising_depression = false;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("A_plus", A_plus, "strength of potentiation", Example{"0.01"});
      d("A_minus", A_minus, "strength of depression; 0 or less turns it off", Example{"0.001"});
      d("tau_plus", tau_plus, "time constant of the window of potentiation", positive, unit::ms);
      d("tau_minus", tau_minus, "time constant of the window of depression", positive, unit::ms);
      d("w_decay", w_decay, "share of W that decays each evolve, where tau_w is 0 or less");
      d("eta", eta, "first value of the learning rate");
      d("tau_w", tau_w, "time constant of the decay of W; 0 or less leaves it to w_decay",
        unit::ms);
      d("w_bound", w_bound, "bound of W, which stays 0.001 below it");
      d("rising_depression", rising_depression,
        "depression grows with the lag, as ngc-learn's formula has it");
    }
  };

  /// Throws Error: config, for a batch.
  STDPSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Rule;

  Params p_;
  struct Constants {
    float A_plus, A_minus;
    float before, after;  // slopes of the window's logarithm
    float decay;          // share of W an evolve
    float w_most;
  } k_{};

 public:
  // clang-format off
  Compartment preSpike {*this, "preSpike",  Role::input,  {B, n_pre},      "pre-synaptic spikes"};
  Compartment postSpike{*this, "postSpike", Role::input,  {B, n_post},     "post-synaptic spikes"};
  Compartment pre_tols {*this, "pre_tols",  Role::input,  {B, n_pre},      "times of the last pre-synaptic spikes", {.unit = "ms"}};
  Compartment post_tols{*this, "post_tols", Role::input,  {B, n_post},     "times of the last post-synaptic spikes", {.unit = "ms"}};
  Compartment dWeights {*this, "dWeights",  Role::output, {n_pre, n_post}, "dW of the last evolve"};
  Compartment eta      {*this, "eta",       Role::state,  {1, 1},          "learning rate", {.initial = p_.eta}};

  Method evolve{*this, "evolve", p_.tau_w > 0 ? takes("dt") : takes(),
    each_synapse<Rule>(k_, outer(preSpike, constant(postSpike, 1)), outer(pre_tols, constant(post_tols, 1)),
                       reads(postSpike, post_tols, eta), updates(weights), looks(dWeights))};
  Method reset {*this, "reset", extends(DenseSynapse::reset),
                clears(preSpike, postSpike, pre_tols, post_tols, dWeights)};
  // clang-format on
};
PLEXUS_REGISTER(STDPSynapse);

}  // namespace plexus

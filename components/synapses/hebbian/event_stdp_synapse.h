#pragma once

#include <string_view>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// Plasticity at post-synaptic spikes, by which inputs fired shortly before. See `about`.
class EventSTDPSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "EventSTDPSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse that learns at post-synaptic spikes: inputs that fired shortly before grow, all others decay.

  dW_ij = s_j A_plus (w_bound − (1 + λ) W_ij)   where t − presyn_win_len < t_i and t_i > 0
          −s_j A_minus (1 + λ) W_ij             elsewhere,  λ = lmbda
  W ← clip(W + eta dW, 0.01, w_bound)

s = postSpike is 0 or 1, t_i = pre_tols the time of input i's last spike, 0 for never; cells outside
compute both. A window of 0 asks for t_i = t. eta is a compartment: it may change as the circuit
runs, and a reset keeps it. The clip holds without spikes, too. One sample at a time.

Tavanaei, Masquelier & Maida (2018), Neural Networks 105:294–303, eq. 18, generalised.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = required;
    float lmbda = 0.01F;
    float A_plus = 1;
    float A_minus = 1;
    float presyn_win_len = 2;
    float w_bound = 1;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "first value of the learning rate", Example{"0.01"});
      d("lmbda", lmbda, "share λ by which the pull on W exceeds W");
      d("A_plus", A_plus, "strength of potentiation");
      d("A_minus", A_minus, "strength of depression");
      d("presyn_win_len", presyn_win_len, "how long an input counts as having fired", non_negative,
        unit::ms);
      d("w_bound", w_bound, "largest W");
    }
  };

  /// Throws Error: config, for a batch.
  EventSTDPSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Window;
  struct Rule;

  Params p_;
  struct Constants {
    float t, window;
    float A_plus, A_minus, pull, w_bound;  // pull: 1 + λ
  } k_{};

 public:
  // clang-format off
  Compartment pre_tols {*this, "pre_tols",  Role::input,    {B, n_pre},      "times of the inputs' last spikes", {.unit = "ms"}};
  Compartment postSpike{*this, "postSpike", Role::input,    {B, n_post},     "post-synaptic spikes"};
  Compartment dWeights {*this, "dWeights",  Role::output,   {n_pre, n_post}, "dW of the last evolve"};
  Compartment eta      {*this, "eta",       Role::state,    {1, 1},          "learning rate", {.initial = p_.eta}};
  Compartment recent   {*this, "recent",    Role::internal, {B, n_pre},      "1 for inputs that fired within the window"};

  Method evolve{*this, "evolve", takes("t"),
    each_unit   <Window>(k_, when(p_.presyn_win_len > 0), reads(pre_tols), writes(recent)),
    each_synapse<Rule>  (k_, outer(recent, postSpike), outer(constant(recent, 1), postSpike), reads(eta),
                         updates(weights), looks(dWeights))};
  Method reset {*this, "reset", extends(DenseSynapse::reset), clears(pre_tols, postSpike, dWeights)};
  // clang-format on
};
PLEXUS_REGISTER(EventSTDPSynapse);

}  // namespace plexus

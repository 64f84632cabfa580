#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/hebbian/pair_stdp_synapse.h"

namespace plexus {

/// Spike-timing-dependent plasticity that a reward turns into learning. See `about`.
class MSTDPETSynapse final : public PairSTDPSynapse {
 public:
  static constexpr std::string_view type_name = "MSTDPETSynapse";
  static constexpr std::string_view family = "synapses/modulated";
  static constexpr std::string_view about = R"(
Dense synapse with trace-based spike-timing-dependent plasticity, modulated by a reward.

  E ← E exp(−dt/tau_elg) elg_decay + D/tau_elg;  E ← D where tau_elg is 0 or less
  W ← clip(W + eta M E_ij o_j − W/tau_w, 0, w_bound)
  D = dW of TraceSTDPSynapse, with the W of before

E = eligibility, M = modulator, o = outmask. The change that spikes ask for in one evolve reaches the
weights in the next. The decay is a share of 1/tau_w each evolve, whatever dt, modulator and outmask;
it drops out when tau_w is 0 or less. weight_mask holds for the first weights only. One sample at a
time. `plexus describe TraceSTDPSynapse` has the rule.

Florian (2007), Neural Comput. 19:1468–1502. Morrison, Aertsen & Diesmann (2007), Neural Comput.
19:1437–1467. Bi & Poo (2001), Annu. Rev. Neurosci. 24:139–166.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float A_plus = required;
    float A_minus = required;
    float eta = 1;
    float mu = 0;
    float pretrace_target = 0;
    float tau_elg = 0;
    float elg_decay = 1;
    float tau_w = 0;
    float w_bound = 1;
    std::optional<Tensor> weight_mask = {};
    float outmask0 = 1;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("A_plus", A_plus, "strength of potentiation", Example{"0.01"});
      d("A_minus", A_minus, "strength of depression; 0 or less turns it off", Example{"0.001"});
      d("eta", eta, "learning rate");
      d("mu", mu, "exponent of the distance to the bounds; 0 or less turns it off");
      d("pretrace_target", pretrace_target, "pre-synaptic trace at which a spike changes nothing");
      d("tau_elg", tau_elg,
        "time constant of the eligibility; 0 or less: it is the last change alone", unit::ms);
      d("elg_decay", elg_decay, "factor of the eligibility in every evolve, besides its decay");
      d("tau_w", tau_w,
        "number of evolves in which W decays by its own size; 0 or less turns decay off");
      d("w_bound", w_bound, "largest W");
      d("weight_mask", weight_mask, "factors of the first weights, (n_pre, n_post); null for none");
      d("outmask0", outmask0,
        "outmask before the first reset; with ngc-learn's 0 nothing is learned until then");
    }
  };

  /// Throws Error: config, for a batch; shape, for a weight_mask of another shape.
  MSTDPETSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Rule;
  Stage learning();

  Params p_;
  struct Constants {
    float A_plus, A_minus, mu, w_bound;
    float eta;
    float kept, gain;  // of the eligibility, of D in it
    float decay;       // 1 / tau_w
  } k_{};

 public:
  // clang-format off
  Compartment modulator  {*this, "modulator",   Role::input, {B, 1},          "reward M"};
  Compartment eligibility{*this, "eligibility", Role::state, {n_pre, n_post}, "what a reward would change, E"};
  Compartment outmask    {*this, "outmask",     Role::input, {B, n_post},     "0 where outputs do not learn", {.initial = 1}};

  Method evolve{*this, "evolve", p_.tau_elg > 0 ? takes("dt") : takes(), learning()};
  Method reset {*this, "reset", extends(PairSTDPSynapse::reset), clears(eligibility, outmask)};
  // clang-format on
};
PLEXUS_REGISTER(MSTDPETSynapse);

}  // namespace plexus

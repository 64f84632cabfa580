#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/hebbian/pair_stdp_synapse.h"

namespace plexus {

/// Trace-based spike-timing-dependent plasticity that fades as W nears a bound. See `about`.
class ExpSTDPSynapse final : public PairSTDPSynapse {
 public:
  static constexpr std::string_view type_name = "ExpSTDPSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse with spike-timing-dependent plasticity of pairs, which falls off exponentially with W.

  dW_ij = A_plus Σ_batch (exp(−β W_ij) x_i − exp(−β (w_bound − W_ij)) pretrace_target) s_j
          − A_minus exp(−β W_ij) Σ_batch s_i y_j,  β = exp_beta
  W ← clip(W + eta dW, 0.01, w_bound − 0.01), then 0 where weight_mask is 0

s_i = preSpike and s_j = postSpike are 0 or 1, x = preTrace and y = postTrace, all of which cells
outside compute. eta is a compartment: it may change as the circuit runs, and a reset keeps it. The
clip holds whatever eta: the first evolve lifts every W below 0.01. tau_w has no effect, as in
ngc-learn.

Diehl & Cook (2015), Front. Comput. Neurosci. 9:99. Nessler et al. (2013), PLoS Comput. Biol.
9:e1003037. Bi & Poo (2001), Annu. Rev. Neurosci. 24:139–166.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float A_plus = required;
    float A_minus = required;
    float exp_beta = required;
    float eta = 1;
    float pretrace_target = 0;
    float w_bound = 1;
    float tau_w = 0;
    std::optional<Tensor> weight_mask = {};

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("A_plus", A_plus, "strength of potentiation", Example{"0.01"});
      d("A_minus", A_minus, "strength of depression; 0 or less turns it off", Example{"0.001"});
      d("exp_beta", exp_beta, "steepness β with which changes fade", Example{"1.0"});
      d("eta", eta, "first value of the learning rate");
      d("pretrace_target", pretrace_target,
        "pre-synaptic trace that balances a post-synaptic spike");
      d("w_bound", w_bound, "bound of W, which stays 0.01 below it");
      d("tau_w", tau_w, "without effect; that of TraceSTDPSynapse is a decay");
      d("weight_mask", weight_mask, "where it is 0 W stays 0, (n_pre, n_post); null for none");
    }
  };

  /// Throws Error: shape, for a weight_mask of another shape. Warns of a tau_w.
  ExpSTDPSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Rule;

  Params p_;
  struct Constants {
    float A_plus, A_minus, beta, w_bound;
    float w_most;  // w_bound less the margin
  } k_{};

 public:
  // clang-format off
  Compartment eta{*this, "eta", Role::state, {1, 1}, "learning rate", {.initial = p_.eta}};

  Method evolve{*this, "evolve",
    each_synapse<Rule>(k_, when(p_.A_minus > 0), outer(preTrace, postSpike),
                       outer(constant(preTrace, p_.pretrace_target), postSpike), outer(preSpike, postTrace),
                       reads(eta, weight_mask), updates(weights), looks(dWeights))};
  // clang-format on
};
PLEXUS_REGISTER(ExpSTDPSynapse);

}  // namespace plexus

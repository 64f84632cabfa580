#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/hebbian/pair_stdp_synapse.h"

namespace plexus {

/// Dense synapse with trace-based spike-timing-dependent plasticity. See `about`.
class TraceSTDPSynapse final : public PairSTDPSynapse {
 public:
  static constexpr std::string_view type_name = "TraceSTDPSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse with spike-timing-dependent plasticity of pairs, driven by spikes and their traces.

  dW_ij = A_plus f₊(W_ij) Σ_batch (x_i − pretrace_target) s_j − A_minus f₋(W_ij) Σ_batch s_i y_j
  f₊(W) = (w_bound − W)^mu,  f₋(W) = W^mu; both are 1 when mu is 0 or less
  W ← clip(W + eta dW − W / tau_w, 0, w_bound), then 0 where weight_mask is 0

s_i = preSpike and s_j = postSpike are 0 or 1, x = preTrace and y = postTrace, all of which cells
outside compute. The decay is a share of 1 / tau_w each evolve, whatever dt; it drops out when tau_w
is 0 or less. pretrace_target counts for every unit: a post-synaptic spike depresses silent inputs.
With a mu that is no integer, W outside [0, w_bound] is NaN for good.

Bi & Poo (2001), Annu. Rev. Neurosci. 24:139–166. Power law: Morrison, Aertsen & Diesmann (2007),
Neural Comput. 19:1437–1467.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float A_plus = required;
    float A_minus = required;
    float eta = 1;
    float mu = 0;
    float pretrace_target = 0;
    float w_bound = 1;
    float tau_w = 0;
    std::optional<Tensor> weight_mask = {};

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("A_plus", A_plus, "strength of potentiation", Example{"0.01"});
      d("A_minus", A_minus, "strength of depression; 0 or less turns it off", Example{"0.001"});
      d("eta", eta, "learning rate");
      d("mu", mu, "exponent of the distance to the bounds; 0 or less turns it off");
      d("pretrace_target", pretrace_target, "pre-synaptic trace at which a spike changes nothing");
      d("w_bound", w_bound, "largest W");
      d("tau_w", tau_w,
        "number of evolves in which W decays by its own size; 0 or less turns decay off");
      d("weight_mask", weight_mask, "where it is 0 W stays 0, (n_pre, n_post); null for none");
    }
  };

  /// Throws Error: shape, for a weight_mask of another shape.
  TraceSTDPSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Potentiate;
  struct Pair;
  std::vector<Stage> learning();

  Params p_;
  struct Constants {
    float A_plus, A_minus;
    float eta, mu, w_bound;
    float decay;  // 1 / tau_w
  } k_{};

 public:
  // clang-format off
  Method evolve{*this, "evolve", learning()};
  // clang-format on
};
PLEXUS_REGISTER(TraceSTDPSynapse);

}  // namespace plexus

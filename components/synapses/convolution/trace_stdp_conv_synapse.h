#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/trace_stdp_filter_synapse.h"

namespace plexus {

/// Convolutional synapse with trace-based spike-timing-dependent plasticity. See `about`.
class TraceSTDPConvSynapse final : public TraceSTDPFilterSynapse {
 public:
  static constexpr std::string_view type_name = "TraceSTDPConvSynapse";
  static constexpr std::string_view about = R"(
Convolutional synapse with spike-timing-dependent plasticity of pairs, driven by spikes and traces.

  dW[u,v,c,o] = A_plus  Σ_bpq (x[b, p n + u, q n + v, c] − pretrace_target) S[b,p,q,o]
              − A_minus Σ_bpq s[b, p n + u, q n + v, c] y[b,p,q,o]
  W ← clip(W + eta dW − w_decay W, bound_margin, w_bound − bound_margin)
  dInputs[b, p n + u, q n + v, c] += W[u,v,c,o] S[b,p,q,o], from 0

s = preSpike and S = postSpike are 0 or 1, x = preTrace and y = postTrace, all of which cells outside
compute; n is the stride. evolve does the first two, backtransmit the last.
The zeros around a map, if padding is SAME, are silent: pretrace_target does not count for them.
Decay is a share of W each evolve, whatever eta and dt. There is no clip when w_bound is 0 or less.

`plexus describe ConvSynapse` says what is transmitted.

Bi & Poo (2001), Annu. Rev. Neurosci. 24:139–166. In convolutions: Kheradpisheh, Ganjtabesh, Thorpe
& Masquelier (2018), Neural Networks 99:56–67.)";

  TraceSTDPConvSynapse(const Setup& setup, const Params& params);
};
PLEXUS_REGISTER(TraceSTDPConvSynapse);

}  // namespace plexus

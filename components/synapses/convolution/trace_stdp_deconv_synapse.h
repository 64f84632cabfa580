#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/trace_stdp_filter_synapse.h"

namespace plexus {

/// Deconvolutional synapse with trace-based spike-timing-dependent plasticity. See `about`.
class TraceSTDPDeconvSynapse final : public TraceSTDPFilterSynapse {
 public:
  static constexpr std::string_view type_name = "TraceSTDPDeconvSynapse";
  static constexpr std::string_view about = R"(
Deconvolutional synapse with spike-timing-dependent plasticity of pairs, driven by spikes and traces.

  dW[u,v,c,o] = A_plus  Σ_bij (x[b,i,j,c] − pretrace_target) S[b, i n + a − u, j n + a − v, o]
              − A_minus Σ_bij s[b,i,j,c] y[b, i n + a − u, j n + a − v, o]
  W ← clip(W + eta dW − w_decay W, bound_margin, w_bound − bound_margin)
  dInputs[b,i,j,c] = Σ_uvo W[u,v,c,o] S[b, i n + a − u, j n + a − v, o]

s = preSpike and S = postSpike are 0 or 1, x = preTrace and y = postTrace, all of which cells outside
compute; n is the stride. evolve does the first two, backtransmit the last. Decay is a share of W
each evolve, whatever eta and dt. There is no clip when w_bound is 0 or less.

`plexus describe DeconvSynapse` says what a is, and what is transmitted.

Bi & Poo (2001), Annu. Rev. Neurosci. 24:139–166. Zeiler, Krishnan, Taylor & Fergus (2010), CVPR:
2528–2535.)";

  TraceSTDPDeconvSynapse(const Setup& setup, const Params& params);
};
PLEXUS_REGISTER(TraceSTDPDeconvSynapse);

}  // namespace plexus

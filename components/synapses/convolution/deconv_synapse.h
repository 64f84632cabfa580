#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/filter_synapse.h"

namespace plexus {

/// Deconvolutional cable without plasticity. See `about`.
class DeconvSynapse : public FilterSynapse {
 public:
  static constexpr std::string_view type_name = "DeconvSynapse";
  static constexpr std::string_view about = R"(
Deconvolutional synapse: filters that spread each input over a larger map, without plasticity.

  outputs[b, i s + a − u, j s + a − v, o] += g_conduct_factor x[b,i,j,c] W[u,v,c,o], from biases[o]

over all inputs i, j, channels c and taps u, v, where that output exists. Maps are (batch, height,
width, channels), filters (rows, columns, channels in, channels out), s is the stride. It is a
convolution of inputs with s − 1 zeros between them; the filters are not flipped. Of k taps and X
inputs, SAME gives X s outputs, and a is ⌈(k + s − 2) / 2⌉, or k − 1 if s > k − 1; VALID gives
X s + max(k − s, 0), and a is k − 1.

Zeiler, Krishnan, Taylor & Fergus (2010), CVPR: 2528–2535. Dumoulin & Visin (2016),
arXiv:1603.07285.)";

  DeconvSynapse(const Setup& setup, const Params& params);
};
PLEXUS_REGISTER(DeconvSynapse);

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/filter_synapse.h"

namespace plexus {

/// Convolutional cable without plasticity. See `about`.
class ConvSynapse : public FilterSynapse {
 public:
  static constexpr std::string_view type_name = "ConvSynapse";
  static constexpr std::string_view about = R"(
Convolutional synapse: filters that move over maps, without plasticity.

  outputs[b,p,q,o] = g_conduct_factor Σ_uvc x[b, p s + u, q s + v, c] W[u,v,c,o] + biases[o]

Maps are (batch, height, width, channels), filters (rows, columns, channels in, channels out), s is
the stride; the filters are not flipped. x is the inputs, with zeros around them if padding is SAME:
then a map of X inputs gives ⌈X / s⌉ outputs, and the larger half of an odd number of zeros lies at
the far edge. With VALID it gives ⌊(X − k) / s⌋ + 1, and inputs beyond the last filter are not seen.

LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86:2278–2324.)";

  ConvSynapse(const Setup& setup, const Params& params);
};
PLEXUS_REGISTER(ConvSynapse);

}  // namespace plexus

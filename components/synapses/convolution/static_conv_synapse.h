#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/conv_synapse.h"

namespace plexus {

/// The convolutional synapse by the name that says that it does not learn. See `about`.
class StaticConvSynapse final : public ConvSynapse {
 public:
  static constexpr std::string_view type_name = "StaticConvSynapse";
  static constexpr std::string_view about = R"(
Static convolutional synapse: filters that move over maps and never change.

  outputs[b,p,q,o] = g_conduct_factor Σ_uvc x[b, p s + u, q s + v, c] W[u,v,c,o] + biases[o]

`plexus describe ConvSynapse` says what x is, and how many outputs there are.

LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86:2278–2324.)";

  using ConvSynapse::ConvSynapse;
};
PLEXUS_REGISTER(StaticConvSynapse);

}  // namespace plexus

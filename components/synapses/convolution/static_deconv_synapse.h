#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/deconv_synapse.h"

namespace plexus {

/// The deconvolutional synapse by the name that says that it does not learn. See `about`.
class StaticDeconvSynapse final : public DeconvSynapse {
 public:
  static constexpr std::string_view type_name = "StaticDeconvSynapse";
  static constexpr std::string_view about = R"(
Static deconvolutional synapse: filters that spread inputs over larger maps and never change.

  outputs[b, i s + a − u, j s + a − v, o] += g_conduct_factor x[b,i,j,c] W[u,v,c,o], from biases[o]

`plexus describe DeconvSynapse` says what a is, and how many outputs there are.

Zeiler, Krishnan, Taylor & Fergus (2010), CVPR: 2528–2535.)";

  using DeconvSynapse::DeconvSynapse;
};
PLEXUS_REGISTER(StaticDeconvSynapse);

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// The dense synapse by the name that says that it does not learn. See `about`.
class StaticSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "StaticSynapse";
  static constexpr std::string_view about = R"(
Static synapse: a linear cable from every input to every output that never changes.

  outputs = ((s (W ⊙ mask)) ⊙ gate) g_conduct_factor + biases

s is the inputs, delayed or stochastically released if so asked: `plexus describe DenseSynapse`
says how.)";

  using DenseSynapse::DenseSynapse;
};
PLEXUS_REGISTER(StaticSynapse);

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/synapses/sparse/sparse_tensor_synapse.h"

namespace plexus {

/// The sparse-tensor synapse by the name that says that it does not learn. See `about`.
class StaticSparseTensorSynapse final : public SparseTensorSynapse {
 public:
  static constexpr std::string_view type_name = "StaticSparseTensorSynapse";
  static constexpr std::string_view about = R"(
Static sparse-tensor synapse: streams that read windows of streams, through weights that never
change.

`plexus describe SparseTensorSynapse` says how.)";

  using SparseTensorSynapse::SparseTensorSynapse;
};
PLEXUS_REGISTER(StaticSparseTensorSynapse);

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/synapses/patched/patched_synapse.h"

namespace plexus {

/// The patched synapse by the name that says that it does not learn. See `about`.
class StaticPatchedSynapse final : public PatchedSynapse {
 public:
  static constexpr std::string_view type_name = "StaticPatchedSynapse";
  static constexpr std::string_view about = R"(
Static patched synapse: modules on the diagonal of one matrix that never changes.

  outputs = (inputs W) resist_scale + biases
  pre_out = post_in Wᵀ

`plexus describe PatchedSynapse` says how W is made up.

Rao & Ballard (1999), Nat. Neurosci. 2:79–87.)";

  using PatchedSynapse::PatchedSynapse;
};
PLEXUS_REGISTER(StaticPatchedSynapse);

}  // namespace plexus

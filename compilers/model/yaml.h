#pragma once

#include <string_view>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/node.h"

namespace plexus::model {

/// Reads the one YAML document of a source. Anchors, aliases and merge keys are resolved; a key
/// that comes twice, an unknown tag and a second document are errors. Never throws for what is in
/// the text: where it is no YAML the result is an invalid node and the problem is in `diagnostics`.
Node read_yaml(const Source& source, Diagnostics& diagnostics);

/// Reads the bytes of a source from `offset` on, as one YAML document: the value in `name=value`.
Node read_yaml(const Source& source, std::size_t offset, Diagnostics& diagnostics);

}  // namespace plexus::model

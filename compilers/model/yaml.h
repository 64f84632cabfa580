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

/// The value of a plain scalar by YAML 1.2's core schema: `010` is ten, `on` a text, `1e-4` a
/// number. Nothing if it is a number that does not fit.
std::optional<Scalar> resolve_plain(std::string_view text);

/// A name of a component, parameter, process, …: letters, digits and `_`, no leading digit.
bool is_name(std::string_view text) noexcept;

}  // namespace plexus::model

#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "plexus/compilers/model/node.h"

namespace plexus::model {

/// The value of a plain scalar by YAML 1.2's core schema: `010` is ten, `on` a text, `1e-4` a
/// number. Nothing if it is a number that does not fit.
std::optional<Scalar> resolve_plain(std::string_view text);

/// A name of a component, parameter, process, …: letters, digits and `_`, no leading digit.
bool is_name(std::string_view text) noexcept;

/// The ways to write null; "" is one.
inline constexpr std::array<std::string_view, 5> kNullWords{"", "~", "null", "Null", "NULL"};

}  // namespace plexus::model

#pragma once

#include <concepts>
#include <iosfwd>
#include <string>

#include <fmt/format.h>

#include "plexus/core/component.h"

namespace plexus {

struct ComponentType;
struct OperatorType;

/// "[BCMSynapse] v1:W", then a line for each compartment: shape, minimum, maximum, mean.
std::string print(const Component& component);
std::ostream& operator<<(std::ostream& out, const Component& component);

/// What `plexus describe` prints: the model, its parameters (default, unit, range), compartments
/// (role, shape, unit) and methods (keywords, what they read and write).
std::string describe(const Component& component);
std::string describe(const ComponentType& type);
std::string describe(const OperatorType& type);
/// All types by family, each with its summary line, then the operators.
std::string describe_all();
/// The same as JSON.
std::string describe_json(const ComponentType& type);
std::string describe_all_json();

}  // namespace plexus

template <std::derived_from<plexus::Component> C>
struct fmt::formatter<C> : fmt::formatter<std::string> {
  template <class FormatContext>
  auto format(const C& component, FormatContext& ctx) const {
    return fmt::formatter<std::string>::format(plexus::print(component), ctx);
  }
};

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/core/context.h"
#include "plexus/core/registry.h"

namespace plexus::detail {

/// A circuit of one component of a type, made with example parameters, to read its declarations
/// from.
class Specimen {
 public:
  explicit Specimen(const ComponentType& type);
  [[nodiscard]] const Component& component() const { return *component_; }

 private:
  Context context_;
  std::unique_ptr<ParameterSet> parameters_;
  const Component* component_ = nullptr;
};

/// What a method does with its component's compartments, by name.
struct MethodUses {
  std::vector<std::string> reads, updates, writes, clears;
  explicit MethodUses(const Method& method);
};

/// A small shape, of as many axes as the parameter's example.
Shape small_shape(const Parameter& p);

/// "(B, n)".
std::string symbolic_shape(const Dims& dims);

/// Without blanks and line breaks around it.
std::string_view trimmed(std::string_view text);

}  // namespace plexus::detail

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "plexus/core/random/key.h"
#include "plexus/core/shape.h"

namespace plexus {

/// One numeric argument of a generator.
struct ArgumentInfo {
  std::string_view name;
  std::optional<double> default_value;  // none: it has to be given
  std::string_view doc;
};

/// One way to fill an array: what readers, help and schemas need to know of it, and the filling.
struct GeneratorInfo {
  std::string_view name;
  std::span<const ArgumentInfo> arguments;
  std::string_view doc;

  /// Random values come from child 0 of the initialiser's key, and its masks from child 1;
  /// otherwise the masks draw with the key itself.
  bool random;

  /// Fills an array of `shape`; the arguments are in the order above. Arguments stay double until
  /// they meet the array. Throws Error (shape) if the shape does not suit.
  void (*fill)(std::span<const double> arguments, const Shape& shape, Key key,
               std::span<float> out);
};

/// All generators.
std::span<const GeneratorInfo> generators();

/// The generator of that name, or null.
const GeneratorInfo* find_generator(std::string_view name);

namespace detail {

/// The bound of fan_in_uniform: sqrt(1 / n), n the extent of the second axis.
/// Throws Error (shape) if the shape has fewer than two axes.
double fan_in_limit(const Shape& shape);

}  // namespace detail
}  // namespace plexus

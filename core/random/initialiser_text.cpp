// Initialisers as text.
#include <cmath>
#include <type_traits>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/random/initialiser.h"

namespace plexus {
namespace {

using Options = InitialiserOptions;

std::string text_of(const Mask& mask) {
  return mask.count ? fmt::format("{}", *mask.count)
                    : fmt::format("[{}]", fmt::join(mask.kept, ", "));
}

/// ", name: value" for each option that is set.
void append_options(const Options& options, std::vector<std::string>& parts) {
  for (const auto& info : initialiser_options()) {
    std::visit(
        [&](auto member) {
          const auto& value = options.*member;
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, bool>) {
            if (value) parts.push_back(fmt::format("{}: true", info.name));
          } else if constexpr (std::is_same_v<Value, std::optional<double>>) {
            if (value) parts.push_back(fmt::format("{}: {}", info.name, *value));
          } else {
            if (value) parts.push_back(fmt::format("{}: {}", info.name, text_of(*value)));
          }
        },
        info.member);
  }
}

std::string text_of(float value) {
  if (std::isnan(value)) return ".nan";
  if (std::isinf(value)) return value > 0 ? ".inf" : "-.inf";
  return fmt::format("{}", value);
}

/// The elements from `axis` on as nested lists; `at` is the next element.
std::string nested_lists(const Shape& shape, std::span<const float> values, std::size_t axis,
                         std::size_t& at) {
  if (axis == shape.rank()) return text_of(values[at++]);
  std::string text = "[";
  for (std::int64_t i = 0; i < shape[axis]; ++i) {
    if (i > 0) text += ", ";
    text += nested_lists(shape, values, axis + 1, at);
  }
  return text + "]";
}

}  // namespace

std::string to_string(const Initialiser& initialiser) {
  if (!initialiser) return "null";
  if (const Tensor* literal = initialiser.literal()) {
    std::size_t at = 0;
    return nested_lists(literal->shape, literal->floats(), 0, at);
  }
  const GeneratorInfo& generator = *initialiser.generator();
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < generator.arguments.size(); ++i) {
    parts.push_back(fmt::format("{}: {}", generator.arguments[i].name, initialiser.arguments()[i]));
  }
  append_options(initialiser.options(), parts);
  return fmt::format("{{{}: {{{}}}}}", generator.name, fmt::join(parts, ", "));
}

}  // namespace plexus

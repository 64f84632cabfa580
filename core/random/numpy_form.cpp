#include "plexus/core/random/numpy_form.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "plexus/core/error.h"
#include "plexus/core/random/pcg64.h"

namespace plexus {
namespace {

/// The bounds between which a generator draws uniformly.
/// Throws Error (config) if it draws otherwise.
std::pair<double, double> uniform_bounds(const Initialiser& initialiser, const Shape& shape) {
  const std::string_view name = initialiser.generator()->name;
  if (name == "uniform") return {initialiser.arguments()[0], initialiser.arguments()[1]};
  if (name == "fan_in_uniform") {
    const double limit = detail::fan_in_limit(shape);
    return {-limit, limit};
  }
  throw Error(Error::Kind::config, {}, fmt::format("{} has no NumPy form", name),
              "take uniform or fan_in_uniform, or draw with a key");
}

bool is_random(const std::optional<Mask>& mask) {
  return mask && mask->count;
}

}  // namespace

Tensor draw_as_numpy(const Initialiser& initialiser, const Shape& shape, std::uint64_t seed) {
  const InitialiserOptions& options = initialiser.options();
  if (is_random(options.col_mask) || is_random(options.row_mask)) {
    throw Error(Error::Kind::config, {}, "masks drawn at random have no NumPy form",
                "list the columns or rows to keep, or draw with a key");
  }
  const GeneratorInfo* generator = initialiser.generator();
  if (generator == nullptr || !generator->random) return initialiser.draw(shape, {});

  const auto [low, high] = uniform_bounds(initialiser, shape);
  Pcg64 generator_of_seed(seed);
  std::vector<float> values(shape.size());
  for (float& x : values) {
    x = static_cast<float>(low + (high - low) * generator_of_seed.uniform());
  }
  detail::apply(options, shape, {}, values);
  return {shape, std::move(values)};
}

}  // namespace plexus

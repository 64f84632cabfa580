#include "plexus/core/random/initialiser_checks.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace plexus::detail {

void reject(const Where& where, std::string_view problem, std::string_view remedy) {
  throw Error(Error::Kind::config, where, problem, remedy);
}

void require_finite(std::string_view of, std::string_view name, double value, const Where& where) {
  if (std::abs(value) <= std::numeric_limits<float>::max()) return;
  reject(where, fmt::format("{}: {} is {}", of, name, value), "give a finite float32 number");
}

void check_arguments(const GeneratorInfo& generator, std::span<const double> arguments,
                     const Where& where) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    require_finite(generator.name, generator.arguments[i].name, arguments[i], where);
  }
  if (generator.name == "uniform" && arguments[0] > arguments[1]) {
    reject(where, fmt::format("uniform: low is {}, high is {}", arguments[0], arguments[1]),
           "give low <= high");
  }
}

void check_options(const InitialiserOptions& options, const Where& where) {
  if (options.amin) require_finite("initialiser", "amin", *options.amin, where);
  if (options.amax) require_finite("initialiser", "amax", *options.amax, where);
  if (options.lower_triangle && options.upper_triangle) {
    reject(where, "an initialiser cannot keep lower_triangle and upper_triangle both",
           "drop one; for the diagonal alone give eye");
  }
}

}  // namespace plexus::detail

#include "plexus/components/math/surrogate.h"

#include "plexus/components/math/names.h"

namespace plexus::math {
namespace {

// clang-format off
constexpr Named<Surrogate> kSurrogateNames[] = {
    {"straight_through", Surrogate::straight_through},
    {"triangular", Surrogate::triangular},
    {"explicit_triangular", Surrogate::explicit_triangular},
    {"arctan", Surrogate::arctan},
    {"boxcar", Surrogate::boxcar},
    {"secant_lif", Surrogate::secant_lif},
};
// clang-format on

}  // namespace

Surrogate surrogate(std::string_view name) {
  constexpr std::string_view kSuffix = "_estimator";
  const auto stem = name.ends_with(kSuffix) ? name.substr(0, name.size() - kSuffix.size()) : name;
  return value_of("surrogate function", stem, kSurrogateNames);
}

std::string_view to_string(Surrogate estimator) {
  return name_of(estimator, kSurrogateNames);
}

std::vector<std::string> surrogate_words() {
  return words_of(kSurrogateNames);
}

}  // namespace plexus::math

#include "plexus/components/math/polynomials.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

constexpr std::array<char, 3> kNames{'x', 'y', 'z'};
using Powers = std::array<int, 3>;

std::string name_of(const Powers& powers) {
  std::string name;
  for (std::size_t v = 0; v < kNames.size(); ++v) {
    if (powers[v] == 0) continue;
    if (!name.empty()) name += ' ';
    name += kNames[v];
    if (powers[v] > 1) name += fmt::format("^{}", powers[v]);
  }
  return name.empty() ? "1" : name;
}

/// All powers up to `order` in sum, of the first `n` variables.
std::vector<Powers> terms(std::size_t n, int order, bool include_bias) {
  std::vector<Powers> all;
  for (int i = 0; i <= order; ++i)
    for (int j = 0; j <= (n > 1 ? order - i : 0); ++j)
      for (int k = 0; k <= (n > 2 ? order - i - j : 0); ++k)
        if (include_bias || i + j + k > 0) all.push_back({i, j, k});
  return all;
}

float product(std::span<const std::span<const float>> variables, const Powers& powers,
              std::size_t sample) {
  float value = 1;
  for (std::size_t v = 0; v < variables.size(); ++v)
    for (int p = 0; p < powers[v]; ++p) value *= variables[v][sample];
  return value;
}

}  // namespace

Polynomials polynomials(std::span<const std::span<const float>> variables, int order,
                        bool include_bias) {
  if (variables.empty() || variables.size() > kNames.size() || order < 0)
    throw Error(Error::Kind::config, {},
                fmt::format("polynomials of order {} of {} variables", order, variables.size()),
                "choose one to three variables, and an order of 0 or more");
  const std::size_t samples = variables[0].size();
  for (const auto& variable : variables)
    if (variable.size() != samples)
      throw Error(Error::Kind::shape, {},
                  fmt::format("one variable has {} samples, another {}", samples, variable.size()));
  const std::vector<Powers> all = terms(variables.size(), order, include_bias);
  const Shape shape{static_cast<std::int64_t>(samples), static_cast<std::int64_t>(all.size())};
  std::vector<float> values;
  values.reserve(shape.size());
  for (std::size_t sample = 0; sample < samples; ++sample)
    for (const Powers& powers : all) values.push_back(product(variables, powers, sample));
  Polynomials library{{shape, std::move(values)}, {}};
  for (const Powers& powers : all) library.names.push_back(name_of(powers));
  return library;
}

}  // namespace plexus::math

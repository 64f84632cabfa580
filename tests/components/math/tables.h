#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "plexus/core/io/npz.h"
#include "plexus/core/tensor.h"

namespace plexus::math {

/// The recorded arrays of tests/golden/<folder>/tables.npz, by name.
inline std::map<std::string, Tensor> golden_tables(std::string_view folder) {
  const auto path = std::filesystem::path{PLEXUS_SOURCE_DIR} / "tests" / "golden" / folder;
  const auto arrays = read_npz(path / "tables.npz");
  return {arrays.begin(), arrays.end()};
}

/// |v' − v| <= relative·|v| + of_largest·max|array| + absolute; all 0 means exactly equal.
struct Tolerance {
  double relative = 0, of_largest = 0, absolute = 0;
};

inline double largest_magnitude(std::span<const float> values) {
  double largest = 0;
  for (const float v : values)
    if (std::isfinite(v)) largest = std::max(largest, std::fabs(static_cast<double>(v)));
  return largest;
}

/// Says where the arrays differ most, if they differ too much anywhere. Infinities must be equal.
inline testing::AssertionResult agrees(std::span<const float> actual,
                                       std::span<const float> expected, Tolerance tolerance) {
  if (actual.size() != expected.size())
    return testing::AssertionFailure()
           << fmt::format("{} values, expected {}", actual.size(), expected.size());
  const double largest = largest_magnitude(expected);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double got = actual[i], want = expected[i];
    const double allowed =
        tolerance.relative * std::fabs(want) + tolerance.of_largest * largest + tolerance.absolute;
    if (got == want || std::fabs(got - want) <= allowed) continue;
    return testing::AssertionFailure()
           << fmt::format("[{}] is {:.9g}, expected {:.9g} within {:.2g}", i, got, want, allowed);
  }
  return testing::AssertionSuccess();
}

}  // namespace plexus::math

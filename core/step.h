#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plexus {

inline constexpr float kUnset = std::numeric_limits<float>::quiet_NaN();

/// The keywords of a run: `step.run({.dt = 1})`,
/// `W.evolve.run({.dt = 1, .more = {{"eta", 0.1F}}})`.
struct Keywords {
  double t = kUnset;   // ms; unset: 0, dt, 2 dt, … from the start of the run
  double dt = kUnset;  // ms
  std::vector<std::pair<std::string, float>> more = {};
};

/// What a method is told of the step that it makes.
struct Step {
  float t = 0;   // ms
  float dt = 0;  // ms
  std::span<const std::pair<std::string, float>> more;

  /// The value of any keyword that the method takes.
  [[nodiscard]] float operator[](std::string_view keyword) const {
    for (const auto& [name, value] : more)
      if (name == keyword) return value;
    return keyword == "dt" ? dt : keyword == "t" ? t : kUnset;
  }
};

}  // namespace plexus

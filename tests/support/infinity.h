#pragma once

#include <limits>

namespace plexus::test {

inline constexpr float kInfinity = std::numeric_limits<float>::infinity();

}  // namespace plexus::test

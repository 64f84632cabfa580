#pragma once

#include <cstdint>
#include <vector>

#include "plexus/core/random/draws.h"
#include "plexus/core/random/key.h"

namespace plexus::test {

using Values = std::vector<float>;

/// Numbers of both signs; a share of them 0.
inline Values drawn(std::int64_t n, std::int64_t seed, float zeros = 0) {
  Values v(static_cast<std::size_t>(n));
  const Key key = Key::from_seed(seed);
  for (std::size_t i = 0; i < v.size(); ++i) {
    const float u = uniform_at(key, i);
    v[i] = u < zeros ? 0.0F : 2 * uniform_at(key, v.size() + i) - 1;
  }
  return v;
}

}  // namespace plexus::test

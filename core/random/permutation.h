#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plexus/core/random/key.h"

namespace plexus {

/// Puts `values` in a random order.
void shuffle(Key key, std::span<std::int32_t> values);

/// 0 to n - 1 in a random order.
[[nodiscard]] std::vector<std::int32_t> permutation(Key key, std::size_t n);

/// `count` numbers of 0 to n - 1, drawn with or without replacement.
/// Throws Error (config) if there are not enough: count > n without replacement, or n = 0.
[[nodiscard]] std::vector<std::int32_t> choice(Key key, std::size_t n, std::size_t count,
                                               bool replace);

}  // namespace plexus

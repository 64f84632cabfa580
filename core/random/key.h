#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "plexus/core/random/threefry.h"

namespace plexus {

/// Child `i` of `key`: row i of `split(key, n)`, whatever n is.
[[nodiscard]] constexpr Key split_at(Key key, std::uint64_t i) noexcept {
  return threefry2x32(key, static_cast<std::uint32_t>(i >> 32), static_cast<std::uint32_t>(i));
}

/// Children 0 and 1: `const auto [kept, drawn] = split(key);`.
[[nodiscard]] constexpr std::pair<Key, Key> split(Key key) noexcept {
  return {split_at(key, 0), split_at(key, 1)};
}

/// Children 0 to n - 1.
[[nodiscard]] inline std::vector<Key> split(Key key, std::size_t n) {
  std::vector<Key> children(n);
  for (std::size_t i = 0; i < n; ++i) children[i] = split_at(key, i);
  return children;
}

/// The key of item `number` of a family, such as a step or a layer. Equals split_at(key, number).
[[nodiscard]] constexpr Key fold_in(Key key, std::uint32_t number) noexcept {
  return threefry2x32(key, 0, number);
}

}  // namespace plexus

#pragma once

#include <cstdint>

namespace plexus {

/// The key of a stream of random numbers, as JAX has it: a plain array of two words.
struct Key {
  std::uint32_t k0 = 0;
  std::uint32_t k1 = 0;

  /// JAX's PRNGKey: the seed's low 32 bits. Seeds that differ by 2^32 give the same key.
  [[nodiscard]] static constexpr Key from_seed(std::int64_t seed) noexcept {
    return {0, static_cast<std::uint32_t>(seed)};
  }

  friend constexpr bool operator==(const Key&, const Key&) = default;
};

namespace detail {

template <int kBits>
[[gnu::always_inline]] constexpr void threefry_round(std::uint32_t& x0, std::uint32_t& x1) {
  x0 += x1;
  x1 = (x1 << kBits) | (x1 >> (32 - kBits));
  x1 ^= x0;
}

template <int kA, int kB, int kC, int kD>
[[gnu::always_inline]] constexpr void threefry_rounds(std::uint32_t& x0, std::uint32_t& x1) {
  threefry_round<kA>(x0, x1);
  threefry_round<kB>(x0, x1);
  threefry_round<kC>(x0, x1);
  threefry_round<kD>(x0, x1);
}

}  // namespace detail

/// Threefry-2x32 with 20 rounds: hashes the counter (c0, c1) under `key` into two words.
///
/// Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3", SC '11.
[[nodiscard, gnu::always_inline]] constexpr Key threefry2x32(Key key, std::uint32_t c0,
                                                             std::uint32_t c1) noexcept {
  const std::uint32_t k0 = key.k0;
  const std::uint32_t k1 = key.k1;
  const std::uint32_t k2 = k0 ^ k1 ^ 0x1BD11BDAU;
  std::uint32_t x0 = c0 + k0;
  std::uint32_t x1 = c1 + k1;
  detail::threefry_rounds<13, 15, 26, 6>(x0, x1);
  x0 += k1;
  x1 += k2 + 1U;
  detail::threefry_rounds<17, 29, 16, 24>(x0, x1);
  x0 += k2;
  x1 += k0 + 2U;
  detail::threefry_rounds<13, 15, 26, 6>(x0, x1);
  x0 += k0;
  x1 += k1 + 3U;
  detail::threefry_rounds<17, 29, 16, 24>(x0, x1);
  x0 += k1;
  x1 += k2 + 4U;
  detail::threefry_rounds<13, 15, 26, 6>(x0, x1);
  x0 += k2;
  x1 += k0 + 5U;
  return {x0, x1};
}

}  // namespace plexus

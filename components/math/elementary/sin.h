#pragma once

#include "plexus/components/math/elementary/bits.h"

namespace plexus::math {
namespace detail {

/// |x| = n π/2 + r, |r| < 0.79: the remainder, and n modulo 2^32.
struct Quarter {
  float r;
  std::uint32_t n;
};

[[gnu::always_inline]] inline Quarter quarter(float x) {
  // In double, or the remainder of a large x would be lost in x's own rounding.
  constexpr double kPerHalfPi = 0x1.45f306dc9c883p-1;
  constexpr double kHalfPiHigh = 0x1.921fb544p+0;  // 33 bits: products with n < 2^20 are exact
  constexpr double kHalfPiLow = 0x1.0b4611a626331p-34;
  constexpr double kRounder = 0x1.8p+52;
  constexpr float kFarthest = 0x1p+40F;
  const float size = magnitude(x);
  const auto exact = static_cast<double>(size <= kFarthest ? size : size * 0.0F);
  const double shifted = exact * kPerHalfPi + kRounder;
  const double n = shifted - kRounder;
  const double r = (exact - n * kHalfPiHigh) - n * kHalfPiLow;
  return {static_cast<float>(r), static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(shifted))};
}

/// sin(r + n π/2)
[[gnu::always_inline]] inline float sine_of(const Quarter& q) {
  const float z = q.r * q.r;
  const float odd =
      q.r + q.r * (z * polynomial(z, -0x1.55553cp-3F, 0x1.1103c6p-7F, -0x1.9826ep-13F));
  const float even =
      (1 - 0.5F * z) + z * z * polynomial(z, 0x1.555544p-5F, -0x1.6c08a2p-10F, 0x1.98f196p-16F);
  const float size = (q.n & 1U) != 0 ? even : odd;
  return float_of(bits_of(size) ^ ((q.n & 2U) << 30));
}

}  // namespace detail

/// sin(x): within 2 ulp for |x| <= 2^20, within |x| 2^-51 up to 2^40 (where neighbouring floats are
/// 10^4 turns apart), and 0 beyond.
[[gnu::always_inline]] inline float sin(float x) {
  const float y = detail::sine_of(detail::quarter(x));
  return detail::float_of(detail::bits_of(y) ^ (detail::bits_of(x) & detail::kSignBit));
}

/// cos(x): as good as sin(x); 1 beyond 2^40.
[[gnu::always_inline]] inline float cos(float x) {
  const detail::Quarter q = detail::quarter(x);
  return detail::sine_of({q.r, q.n + 1});
}

}  // namespace plexus::math

#pragma once

#include <bit>
#include <cstdint>

// What the elementary functions are made of. They are sums, products, quotients, comparisons and
// bit patterns without a branch, a table or a call: a loop over them vectorises in any width, and
// every width and compiler gives the same bits.
namespace plexus::math::detail {

inline constexpr float kInfinity = __builtin_huge_valf();
inline constexpr std::uint32_t kSignBit = 0x80000000U;

[[gnu::always_inline]] inline std::uint32_t bits_of(float x) {
  return std::bit_cast<std::uint32_t>(x);
}
[[gnu::always_inline]] inline float float_of(std::uint32_t bits) {
  return std::bit_cast<float>(bits);
}
[[gnu::always_inline]] inline float magnitude(float x) {
  return float_of(bits_of(x) & ~kSignBit);
}
/// y >= 0 with the sign of x.
[[gnu::always_inline]] inline float with_sign_of(float x, float y) {
  return float_of(bits_of(y) | (bits_of(x) & kSignBit));
}

/// 2^n for n in [-126, 127].
[[gnu::always_inline]] inline float power_of_two(std::int32_t n) {
  return float_of(static_cast<std::uint32_t>(n + 127) << 23);
}

/// a + b, and exactly what rounding dropped, where |a| >= |b| or a = 0.
struct Sum {
  float value, lost;
};
[[gnu::always_inline]] inline Sum sum_of(float a, float b) {
  const float value = a + b;
  return {value, b - (value - a)};
}

/// c[0] + c[1] x + c[2] x² + …, by pairs: two short chains of operations are quicker than a long
/// one.
template <class... C>
[[gnu::always_inline]] inline float by_pairs(float x, float x2, float c0, C... c) {
  if constexpr (sizeof...(c) == 0) {
    return c0;
  } else {
    return [&](float c1, auto... more) __attribute__((always_inline)) {
      const float pair = c0 + x * c1;
      if constexpr (sizeof...(more) == 0)
        return pair;
      else
        return pair + x2 * by_pairs(x, x2, more...);
    }
    (c...);
  }
}
template <class... C>
[[gnu::always_inline]] inline float polynomial(float x, C... c) {
  return by_pairs(x, x * x, c...);
}

}  // namespace plexus::math::detail

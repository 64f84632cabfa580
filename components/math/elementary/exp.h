#pragma once

#include "plexus/components/math/elementary/bits.h"

namespace plexus::math {
namespace detail {

/// x = n log(2) + r, where r = high − low and |r| < 0.348. For |x| < 2^21.
struct Halvings {
  std::int32_t n;
  float high, low;
};

[[gnu::always_inline]] inline Halvings halvings(float x) {
  constexpr float kPerLog2 = 0x1.715476p+0F;
  constexpr float kLog2High = 0x1.63p-1F;  // short: its products with |n| < 2^15 are exact
  constexpr float kLog2Low = -0x1.bd0106p-13F;
  constexpr float kRounder = 0x1.8p+23F;  // so large that its unit in the last place is 1
  const float shifted = x * kPerLog2 + kRounder;
  const float n = shifted - kRounder;
  return {static_cast<std::int32_t>(bits_of(shifted) - bits_of(kRounder)), x - n * kLog2High,
          n * kLog2Low};
}

/// exp(r) − 1 − high of a remainder r: it is small beside 1.
[[gnu::always_inline]] inline float curve_of_exp(const Halvings& h) {
  const float r = h.high - h.low;
  const float curve = polynomial(r, 0.5F, 0x1.555554p-3F, 0x1.5554e8p-5F, 0x1.11131p-7F,
                                 0x1.6d4cfcp-10F, 0x1.9df8d8p-13F);
  return r * r * curve - h.low;
}

/// exp(r) as a float and its correction.
[[gnu::always_inline]] inline Sum exp_of_remainder(const Halvings& h) {
  const Sum leading = sum_of(1, h.high);
  return {leading.value, curve_of_exp(h) + leading.lost};
}

}  // namespace detail

/// eˣ within 1 ulp. Results that are too small for a normal float are rounded once, or 0 where the
/// processor flushes them.
[[gnu::always_inline]] inline float exp(float x) {
  // Beyond these the result is infinite or 0 anyway. A NaN passes both.
  const float at_most = x > 89.0F ? 89.0F : x;
  const float within = at_most < -104.0F ? -104.0F : at_most;
  const detail::Halvings h = detail::halvings(within);
  const detail::Sum mantissa = detail::exp_of_remainder(h);
  // Neither factor overflows, though 2^n may.
  const std::int32_t half = h.n >> 1;
  return (mantissa.value + mantissa.lost) * detail::power_of_two(half) *
         detail::power_of_two(h.n - half);
}

/// 1/(1 + e⁻ˣ) within 2 ulp, however small.
[[gnu::always_inline]] inline float sigmoid(float x) {
  // With e = exp(−|x|), 1/(1 + e) or e/(1 + e).
  const bool positive = x >= 0;
  const float falling = positive ? -x : x;
  const detail::Halvings h = detail::halvings(falling < -104.0F ? -104.0F : falling);
  const detail::Sum mantissa = detail::exp_of_remainder(h);
  const std::int32_t half = h.n >> 1;
  const float scale = detail::power_of_two(half) * detail::power_of_two(h.n - half);
  const detail::Sum sum = detail::sum_of(1, (mantissa.value + mantissa.lost) * scale);
  // e's own rounding, and that of 1 + e, are taken into its numerator.
  const float e = mantissa.value + (mantissa.lost - mantissa.value * sum.lost);
  return (positive ? 1.0F : e) / sum.value * (positive ? 1.0F : scale);
}

/// tanh(x) within 2 ulp: −e/(e + 2), where e = exp(−2|x|) − 1.
[[gnu::always_inline]] inline float tanh(float x) {
  const float twice = -2 * detail::magnitude(x);
  const detail::Halvings h = detail::halvings(twice < -19.0F ? -19.0F : twice);  // tanh(9.5) is 1
  const float scale = detail::power_of_two(h.n);
  const detail::Sum mantissa = detail::exp_of_remainder(h);
  const detail::Sum leading = detail::sum_of(-1, scale * mantissa.value);
  const float rest = scale * mantissa.lost + leading.lost;
  const detail::Sum e = detail::sum_of(leading.value, rest);
  const detail::Sum sum = detail::sum_of(2, e.value);
  // What the sums drop is taken into the numerator.
  const float numerator = leading.value + (rest - e.value * (sum.lost + e.lost));
  return detail::with_sign_of(x, detail::magnitude(numerator / sum.value));
}

}  // namespace plexus::math

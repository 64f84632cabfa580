#pragma once

#include "plexus/components/math/elementary/bits.h"

namespace plexus::math {
namespace detail {

/// log(x 2^shift) + extra, of a normal x > 0 and an `extra` that is small beside 1.
[[gnu::always_inline]] inline float log_of_normal(float x, float shift, float extra) {
  constexpr float kLog2High = 0x1.63p-1F;  // short: its products with k are exact
  constexpr float kLog2Low = -0x1.bd0106p-13F;
  constexpr std::uint32_t kSqrtHalf = 0x3F3504F3U;

  // x = (1 + f) 2^k, with 1 + f in [sqrt(1/2), sqrt(2)).
  const auto exponent = static_cast<std::int32_t>(bits_of(x) - kSqrtHalf) >> 23;
  const float f = float_of(bits_of(x) - (static_cast<std::uint32_t>(exponent) << 23)) - 1;
  const float k = static_cast<float>(exponent) + shift;

  const float f2 = f * f;
  const float cubic =
      polynomial(f, 0x1.555548p-2F, -0x1.000006p-2F, 0x1.99a478p-3F, -0x1.555c48p-3F,
                 0x1.233b62p-3F, -0x1.fc278cp-4F, 0x1.e6c376p-4F, -0x1.de0d0cp-4F, 0x1.147926p-4F);
  const float tail = f2 * f * cubic - 0.5F * f2;

  const float whole = k * kLog2High;
  const Sum sum = sum_of(whole, f);
  return sum.value + (tail + (sum.lost + (k * kLog2Low + extra)));
}

/// `result` where 0 < x < ∞; else the logarithm's −∞ at 0, NaN below, ∞ at ∞.
[[gnu::always_inline]] inline float log_ends(float x, float result) {
  const float positive = x == 0 ? -kInfinity : result;
  const float below = x < 0 ? __builtin_nanf("") : positive;
  return x < kInfinity ? below : x;
}

}  // namespace detail

/// log(x) within 1 ulp.
[[gnu::always_inline]] inline float log(float x) {
  const bool tiny = x < 0x1p-126F;
  return detail::log_ends(x,
                          detail::log_of_normal(tiny ? x * 0x1p+23F : x, tiny ? -23.0F : 0.0F, 0));
}

/// log(1 + x) within 2 ulp.
[[gnu::always_inline]] inline float log1p(float x) {
  const float u = 1 + x;
  const float lost = x - (u - 1);  // what rounding 1 + x dropped
  const float result = detail::log_ends(u, detail::log_of_normal(u, 0, lost / u));
  return x == 0 ? x : result;
}

}  // namespace plexus::math

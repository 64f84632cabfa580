#pragma once

#include "plexus/components/math/elementary/bits.h"
#include "plexus/core/random/exponential.h"
#include "plexus/core/random/logarithm.h"

namespace plexus::math {
namespace detail {

/// x >= 0 rounded to the nearest integer.
[[gnu::always_inline]] inline float nearest_integer(float x) {
  constexpr float kRounder = 0x1p+23F;  // from here on floats are integers
  return x < kRounder ? (x + kRounder) - kRounder : x;
}

}  // namespace detail

/// xʸ within 1 ulp, with the C library's values at the ends: a negative x has powers where y is an
/// integer.
[[gnu::always_inline]] inline float pow(float x, float y) {
  const float size = detail::magnitude(x);
  const float logarithm_ends = size < detail::kInfinity ? 0.0F : size;
  const double logarithm = plexus::detail::log_in_double(static_cast<double>(size)) +
                           static_cast<double>(logarithm_ends);
  const bool of_one = size == 1 && y == y;
  const double product = static_cast<double>(y) * logarithm;
  const auto power = static_cast<float>(plexus::detail::exp_in_double(of_one ? 0.0 : product));

  const float y_size = detail::magnitude(y), half = 0.5F * y_size;
  const bool integer = detail::nearest_integer(y_size) == y_size;
  const bool odd = integer && detail::nearest_integer(half) != half;
  const float sign = detail::float_of(odd ? detail::bits_of(x) & detail::kSignBit : 0U);
  const float real = detail::with_sign_of(sign, power);
  const bool imaginary = x < 0 && size < detail::kInfinity && !integer;
  const float result = imaginary ? __builtin_nanf("") : real;
  return x == 1 || y == 0 ? 1.0F : result;
}

}  // namespace plexus::math

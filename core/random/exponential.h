#pragma once

#include <bit>
#include <cstdint>

namespace plexus::detail {

/// exp(x), with a relative error below 1e-13 for |x| <= 700, which it is kept within: that is more
/// than floats need. As the logarithms of logarithm.h, the same bits on every machine.
[[gnu::always_inline]] inline double exp_in_double(double x) noexcept {
  const double at_most = x > 700 ? 700.0 : x;
  const double within = at_most < -700 ? -700.0 : at_most;  // a NaN passes both

  // x = n log(2) + r, |r| < 0.347.
  constexpr double kRounder = 0x1.8p52;  // so large that its unit in the last place is 1
  const double shifted = within * 0x1.71547652b82fep+0 + kRounder;
  const double n = shifted - kRounder;
  const double r = (within - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;

  double sum = 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 1.0 / 2;
  sum = sum * r + 1;
  sum = sum * r + 1;
  // n stands in the low bits of `shifted`, and belongs into the exponent.
  const auto exponent = (std::bit_cast<std::uint64_t>(shifted) << 52) + 0x3FF0000000000000U;
  return sum * std::bit_cast<double>(exponent);
}

/// exp(x) of a float, correctly rounded but for about one argument in a million.
[[gnu::always_inline]] inline float exp(float x) noexcept {
  return static_cast<float>(exp_in_double(static_cast<double>(x)));
}

}  // namespace plexus::detail

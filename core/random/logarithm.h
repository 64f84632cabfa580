#pragma once

#include <bit>
#include <cstdint>
#include <limits>

// Logarithms for the samplers. The C library's differ in their last bit from version to version
// and do not vectorise; these are sums and products in double, the same bits on every machine.
namespace plexus::detail {

/// log(x) for x = 0 or a normal x > 0; relative error below 1e-13.
[[gnu::always_inline]] inline double log_in_double(double x) noexcept {
  // x = m 2^k with m in [sqrt(1/2), sqrt(2)).
  constexpr std::uint64_t kSqrtHalf = 0x3FE6A09E667F3BCDU;
  constexpr std::uint64_t kBias = 1023;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t biased_k = (bits - kSqrtHalf + (kBias << 52)) >> 52;
  const auto m = std::bit_cast<double>(bits - (biased_k << 52) + (kBias << 52));
  // k as a double, without the conversion from 64-bit integers that few machines vectorise.
  const double k = std::bit_cast<double>(biased_k | 0x4330000000000000U) - (0x1p52 + kBias);

  // log(m) = 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...), |s| < 0.172.
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double tail = 1.0 / 17;
  tail = tail * s2 + 1.0 / 15;
  tail = tail * s2 + 1.0 / 13;
  tail = tail * s2 + 1.0 / 11;
  tail = tail * s2 + 1.0 / 9;
  tail = tail * s2 + 1.0 / 7;
  tail = tail * s2 + 1.0 / 5;
  tail = tail * s2 + 1.0 / 3;
  const double log_m = 2 * s + 2 * s * (s2 * tail);
  const double result = k * 0.693147180559945309417 + log_m;
  return x == 0 ? -std::numeric_limits<double>::infinity() : result;
}

/// log(x) of a float x >= 0, correctly rounded but for about one argument in a million.
[[gnu::always_inline]] inline float log(float x) noexcept {
  return static_cast<float>(log_in_double(static_cast<double>(x)));
}

/// log(1 + x) of a float x >= -1, likewise.
[[gnu::always_inline]] inline float log1p(float x) noexcept {
  const auto exact = static_cast<double>(x);
  const double u = 1 + exact;
  const double lost = exact - (u - 1);  // what rounding 1 + x dropped
  return static_cast<float>(log_in_double(u) + (u > 0 ? lost / u : 0));
}

}  // namespace plexus::detail

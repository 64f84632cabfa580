#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "plexus/core/random/erf_inv.h"
#include "plexus/core/random/logarithm.h"
#include "plexus/core/random/threefry.h"

// One number at a time: `uniform_at(key, i)` is element i of `jax.random.uniform(key, shape)` of
// any shape, counted row by row. All of this is inline, so that a loop over i vectorises; a loop
// over a 32-bit i is the quickest. To fill an array, see samplers.h.
namespace plexus {

/// 32 random bits.
[[gnu::always_inline]] inline std::uint32_t bits_at(Key key, std::uint64_t index) noexcept {
  const Key words =
      threefry2x32(key, static_cast<std::uint32_t>(index >> 32), static_cast<std::uint32_t>(index));
  return words.k0 ^ words.k1;
}

// From random bits to numbers. What a draw means once its bits are there.
namespace detail {

/// Uniform in [0, 1), a multiple of 2^-23: the top bits become the mantissa of a float in [1, 2).
[[gnu::always_inline]] inline float uniform_of(std::uint32_t bits) noexcept {
  return std::bit_cast<float>((bits >> 9) | 0x3F800000U) - 1.0F;
}

/// Uniform in [low, high). Rounding may give `high` itself, unless low is 0.
[[gnu::always_inline]] inline float uniform_of(std::uint32_t bits, float low, float high) noexcept {
  const float value = std::fma(uniform_of(bits), high - low, low);
  return value < low ? low : value;
}

/// Standard normal, by inversion: sqrt(2) erf_inv(u), u uniform in (-1, 1).
[[gnu::always_inline]] inline float normal_of(std::uint32_t bits) noexcept {
  constexpr float kLow = -0x1.fffffep-1F;          // the float above -1
  const float u = uniform_of(bits) * 2.0F + kLow;  // never 0; at least kLow
  return 1.41421354F * erf_inv(u);
}

/// Standard Gumbel: -log(-log(u)).
[[gnu::always_inline]] inline float gumbel_of(std::uint32_t bits) noexcept {
  return -log(-log(uniform_of(bits, 0x1p-126F, 1.0F)));
}

/// Exponential of rate 1: -log(1 - u).
[[gnu::always_inline]] inline float exponential_of(std::uint32_t bits) noexcept {
  return -log1p(-uniform_of(bits));
}

}  // namespace detail

/// Uniform in [0, 1), a multiple of 2^-23.
[[gnu::always_inline]] inline float uniform_at(Key key, std::uint64_t index) noexcept {
  return detail::uniform_of(bits_at(key, index));
}

/// Uniform in [low, high).
[[gnu::always_inline]] inline float uniform_at(Key key, std::uint64_t index, float low,
                                               float high) noexcept {
  return detail::uniform_of(bits_at(key, index), low, high);
}

/// True with probability p.
[[gnu::always_inline]] inline bool bernoulli_at(Key key, std::uint64_t index, float p) noexcept {
  return uniform_at(key, index) < p;
}

/// Standard normal; between -5.42 and 5.23.
[[gnu::always_inline]] inline float normal_at(Key key, std::uint64_t index) noexcept {
  return detail::normal_of(bits_at(key, index));
}

/// Standard Gumbel.
[[gnu::always_inline]] inline float gumbel_at(Key key, std::uint64_t index) noexcept {
  return detail::gumbel_of(bits_at(key, index));
}

/// Exponential of rate 1.
[[gnu::always_inline]] inline float exponential_at(Key key, std::uint64_t index) noexcept {
  return detail::exponential_of(bits_at(key, index));
}

}  // namespace plexus

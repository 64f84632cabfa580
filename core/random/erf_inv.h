#pragma once

#include <cmath>
#include <limits>

#include "plexus/core/random/logarithm.h"

namespace plexus::detail {

/// The inverse error function in float32, for |x| <= 1.
///
/// Two polynomials of degree 8 in w = -log(1 - x^2), one for w < 5 and one for the tails, as every
/// back end of JAX has them. The fused operations are part of the definition.
///
/// Giles (2011), "Approximating the erfinv function", GPU Computing Gems.
[[gnu::always_inline]] inline float erf_inv(float x) noexcept {
  const float w = -log1p(x * -x);
  const bool central = w < 5.0F;
  const float t = central ? w - 2.5F : std::sqrt(w) - 3.0F;
  float p = central ? 2.81022636e-08F : -0.000200214257F;
  p = std::fma(p, t, central ? 3.43273939e-07F : 0.000100950558F);
  p = std::fma(p, t, central ? -3.5233877e-06F : 0.00134934322F);
  p = std::fma(p, t, central ? -4.39150654e-06F : -0.00367342844F);
  p = std::fma(p, t, central ? 0.00021858087F : 0.00573950773F);
  p = std::fma(p, t, central ? -0.00125372503F : -0.0076224613F);
  p = std::fma(p, t, central ? -0.00417768164F : 0.00943887047F);
  p = std::fma(p, t, central ? 0.246640727F : 1.00167406F);
  p = std::fma(p, t, central ? 1.50140941F : 2.83297682F);
  return std::abs(x) == 1.0F ? x * std::numeric_limits<float>::infinity() : p * x;
}

}  // namespace plexus::detail

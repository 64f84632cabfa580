#pragma once

#include "plexus/components/math/elementary/bits.h"

namespace plexus::math {

/// atan(x) within 2 ulp; beyond ±1 it is ±π/2 − atan(1/x).
[[gnu::always_inline]] inline float atan(float x) {
  constexpr float kHalfPiHigh = 0x1.921fb6p+0F, kHalfPiLow = -0x1.777a5cp-25F;
  const float size = detail::magnitude(x);
  const bool steep = size > 1;
  const float t = (steep ? 1.0F : size) / (steep ? size : 1.0F);
  const float z = t * t;
  const float curve = detail::polynomial(z, -0x1.55553ep-2F, 0x1.9991e4p-3F, -0x1.242086p-3F,
                                         0x1.c08c4ep-4F, -0x1.58091cp-4F, 0x1.da2a12p-5F,
                                         -0x1.fd7e36p-6F, 0x1.642524p-7F, -0x1.d35b12p-10F);
  const float flat = t + t * (z * curve);
  return detail::with_sign_of(x, steep ? kHalfPiHigh - (flat - kHalfPiLow) : flat);
}

}  // namespace plexus::math

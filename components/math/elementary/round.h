#pragma once

namespace plexus::math {

/// To the nearest integer, halves to the even one: what is added drops the fraction.
template <class T>
[[gnu::always_inline]] inline T round(T x) {
  constexpr float kWhole = 0x1p23F;  // from here on floats are integers
  const T shift = x < 0 ? T(-kWhole) : T(kWhole);
  return x < kWhole && x > -kWhole ? (x + shift) - shift : x;
}

}  // namespace plexus::math

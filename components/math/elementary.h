#pragma once

#include <cmath>
#include <type_traits>

#include "plexus/components/math/elementary/atan.h"
#include "plexus/components/math/elementary/exp.h"
#include "plexus/components/math/elementary/log.h"
#include "plexus/components/math/elementary/pow.h"
#include "plexus/components/math/elementary/sin.h"

/// The functions from which equation texts are written, over plain floats: loops over them
/// vectorise, and give the same bits with every compiler and instruction set.
///
/// One behaviour for NaN: functions and arithmetic, `max`, `min`, `clip` and `sign` hand it on,
/// from either argument; a comparison with it is false, so truth values are 0.
///
/// Templates take any value type with float's operators, so that a text can also be run on a type
/// that records what it does; such a type brings its own `exp`, found by its namespace.
namespace plexus::math {

inline constexpr float kPi = 3.14159265358979323846F;

inline float abs(float x) {
  return std::fabs(x);
}
/// Correctly rounded.
inline float sqrt(float x) {
  return std::sqrt(x);
}

template <class T>
constexpr T max(T a, std::type_identity_t<T> b) {
  return a < b || b != b ? b : a;
}

template <class T>
constexpr T min(T a, std::type_identity_t<T> b) {
  return b < a || b != b ? b : a;
}

/// min(max(x, lo), hi): `hi` wins where the bounds cross.
template <class T>
constexpr T clip(T x, std::type_identity_t<T> lo, std::type_identity_t<T> hi) {
  return min(max(x, lo), hi);
}

/// -1, 0 or 1.
template <class T>
constexpr T sign(T x) {
  return x > 0 ? T(1) : x < 0 ? T(-1) : x;
}

/// 1 where the condition holds, else 0.
template <class T = float>
constexpr T truth(bool holds) {
  return holds ? T(1) : T(0);
}

}  // namespace plexus::math

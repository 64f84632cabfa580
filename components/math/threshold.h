#pragma once

#include <type_traits>

#include "plexus/components/math/elementary.h"

/// Thresholds and clamps of one value. (`clip` is in elementary.h.)
namespace plexus::math {

template <class T>
T clamp_min(T x, std::type_identity_t<T> lo) {
  return max(x, lo);
}
template <class T>
T clamp_max(T x, std::type_identity_t<T> hi) {
  return min(x, hi);
}

/// The derivative of `clip`: 1 within the bounds and on them.
template <class T>
T d_clip(T x, std::type_identity_t<T> lo, std::type_identity_t<T> hi) {
  return truth<T>(x >= lo && x <= hi);
}

template <class T>
T threshold(T x, std::type_identity_t<T> thr = 1) {
  return truth<T>(x >= thr);
}

/// As `threshold`, but strict.
template <class T>
T binarize(T x, std::type_identity_t<T> thr = 0.5F) {
  return truth<T>(x > thr);
}

/// Soft thresholding, the proximal step of an L1 penalty λ: x moves by λ towards 0, and stops
/// there.
template <class T>
T threshold_soft(T x, std::type_identity_t<T> lambda) {
  return max(x - lambda, 0) - max(-x - lambda, 0);
}

/// The proximal step of a Cauchy prior: 0 between −λ and λ, else (x ± √(x² − λ))/2, where x² > λ.
template <class T>
T threshold_cauchy(T x, std::type_identity_t<T> lambda) {
  const T r = sqrt(max(x * x - lambda, 0));
  const T above = x >= lambda ? (x + r) / 2 : T(0);
  const T below = x <= -lambda ? (x - r) / 2 : T(0);
  return above + below;
}

}  // namespace plexus::math

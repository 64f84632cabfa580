#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "plexus/components/math/elementary.h"

/// Spikes, and stand-ins for their derivative, which is 0 almost everywhere.
///
/// `spike` is the same for all; each estimator has its `d_…` of the voltage v (the secant: of the
/// current) and a threshold thr. Defaults are ngc-learn's.
namespace plexus::math {

enum class Surrogate {
  straight_through,
  triangular,
  explicit_triangular,
  arctan,
  boxcar,
  secant_lif,
};

/// "arctan", or "arctan_estimator" as ngc-learn's builder is called. Throws Error: config, with the
/// nearest name.
Surrogate surrogate(std::string_view name);
std::string_view to_string(Surrogate estimator);
std::vector<std::string> surrogate_words();
inline constexpr int kSurrogates = 6;

template <class T>
[[gnu::always_inline]] inline T spike(T v, std::type_identity_t<T> thr) {
  return truth<T>(v > thr);
}

/// Bengio, Léonard & Courville (2013), arXiv:1308.3432.
template <class T>
[[gnu::always_inline]] inline T d_straight_through(T, std::type_identity_t<T> = 0) {
  return T(1);
}

/// Falls to 0 at a distance 1/alpha from the threshold.
template <class T>
[[gnu::always_inline]] inline T d_triangular(T v, std::type_identity_t<T> thr = 0,
                                             std::type_identity_t<T> alpha = 2) {
  return max(1 - alpha * abs(v - thr), 0);
}

/// Falls to 0 at a distance `window` from the threshold.
template <class T>
[[gnu::always_inline]] inline T d_explicit_triangular(T v, std::type_identity_t<T> thr = 0,
                                                      std::type_identity_t<T> window = 5) {
  return max(1 - abs(v - thr) / window, 0);
}

/// A smooth step, of v less the threshold, between −1/2 and 1/2.
template <class T>
[[gnu::always_inline]] inline T arctan_surrogate(T v, std::type_identity_t<T> alpha = 2) {
  return atan(v * (alpha / 2) * kPi) * (1 / kPi);
}

/// The slope of `arctan_surrogate` but for the factor: 1/π, where the derivative has alpha/2.
template <class T>
[[gnu::always_inline]] inline T d_arctan(T v, std::type_identity_t<T> thr = 0,
                                         std::type_identity_t<T> alpha = 2) {
  const T u = (v - thr) * kPi * (alpha / 2);
  return 1 / (1 + u * u) * (1 / kPi);
}

/// 1 up to a distance `window` from the threshold, inclusive.
template <class T>
[[gnu::always_inline]] inline T d_boxcar(T v, std::type_identity_t<T> thr = 0,
                                         std::type_identity_t<T> window = 5) {
  return truth<T>(abs(v - thr) <= window);
}

/// The rate of a LIF cell as a function of its current j, fitted by c1 tanh(c2 j) above 0.
/// Samadi, Lillicrap & Tweed (2017), Neural Computation 29:578–602.
template <class T>
[[gnu::always_inline]] inline T secant_lif_surrogate(T j, std::type_identity_t<T> c1 = 0.82F,
                                                     std::type_identity_t<T> c2 = 0.08F) {
  return max(tanh(j * c2) * c1, 0);
}

/// sech(c2 j) where j > 0, else 0. The paper's derivative is c1 c2 sech²(c2 j): ngc-learn leaves
/// out the square, and the factor too if `omit_scale`.
template <bool omit_scale = true, class T>
[[gnu::always_inline]] inline T d_secant_lif(T j, std::type_identity_t<T> c1 = 0.82F,
                                             std::type_identity_t<T> c2 = 0.08F) {
  const T d = j * c2;
  const T cosh = (exp(d) + exp(-d)) / 2;
  T r = 1 / cosh;
  if constexpr (!omit_scale) r = r * (c1 * c2);
  return j > 0 ? r : T(0);
}

/// The derivative of estimator `S` with its defaults: for texts that know it at compile time.
/// `x` is the voltage, or the current for the secant.
template <Surrogate S, class T>
[[gnu::always_inline]] inline T d_spike(T x, std::type_identity_t<T> thr) {
  using enum Surrogate;
  if constexpr (S == straight_through) return d_straight_through(x, thr);
  if constexpr (S == triangular) return d_triangular(x, thr);
  if constexpr (S == explicit_triangular) return d_explicit_triangular(x, thr);
  if constexpr (S == arctan) return d_arctan(x, thr);
  if constexpr (S == boxcar) return d_boxcar(x, thr);
  if constexpr (S == secant_lif) return d_secant_lif(x);
}

}  // namespace plexus::math

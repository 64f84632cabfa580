#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "plexus/components/math/elementary.h"

/// The activation functions by ngc-learn's names, and their derivatives `d_…`.
///
/// Where a derivative has a kink it takes the value from the right, and thresholds have a
/// straight-through derivative of 1. Infinite arguments give the limit, never inf·0.
namespace plexus::math {

template <class T>
[[gnu::always_inline]] inline T d_tanh(T x) {
  const T t = tanh(x);
  return -(t * t) + 1;
}

template <class T>
[[gnu::always_inline]] inline T d_sigmoid(T x) {
  const T s = sigmoid(x);
  return s * (1 - s);
}

template <class T>
[[gnu::always_inline]] inline T relu(T x) {
  return max(x, 0);
}
template <class T>
[[gnu::always_inline]] inline T d_relu(T x) {
  return truth<T>(x >= 0);
}

/// Leaky: slope 0.01 below 0.
template <class T>
[[gnu::always_inline]] inline T lrelu(T x) {
  return x >= 0 ? x : x * 0.01F;
}
template <class T>
[[gnu::always_inline]] inline T d_lrelu(T x) {
  return x >= 0 ? T(1) : T(0.01F);
}

template <class T>
[[gnu::always_inline]] inline T relu6(T x) {
  return clip(x, 0, 6);
}
template <class T>
[[gnu::always_inline]] inline T d_relu6(T x) {
  return truth<T>(x >= 0 && x <= 6);
}

template <class T>
[[gnu::always_inline]] inline T elu(T x) {
  const T below = exp(x) - 1;
  return x >= 0 ? x : below;
}
template <class T>
[[gnu::always_inline]] inline T d_elu(T x) {
  const T below = exp(x);
  return x >= 0 ? T(1) : below;
}

/// x σ(βx).
template <class T>
[[gnu::always_inline]] inline T swish(T x, std::type_identity_t<T> beta) {
  const T s = sigmoid(x * beta);
  return s == 0 ? T(0) : x * s;
}
template <class T>
[[gnu::always_inline]] inline T d_swish(T x, std::type_identity_t<T> beta) {
  const T s = sigmoid(x * beta), ds = s * (1 - s);
  return ds == 0 ? s : s + beta * x * ds;
}

template <class T>
[[gnu::always_inline]] inline T silu(T x) {
  return swish(x, 1);
}
template <class T>
[[gnu::always_inline]] inline T d_silu(T x) {
  return d_swish(x, 1);
}

/// x σ(1.702 x), the approximation by a sigmoid.
template <class T>
[[gnu::always_inline]] inline T gelu(T x) {
  return swish(x, 1.702F);
}
template <class T>
[[gnu::always_inline]] inline T d_gelu(T x) {
  return d_swish(x, 1.702F);
}

/// x tanh(eˣ).
template <class T>
[[gnu::always_inline]] inline T telu(T x) {
  const T th = tanh(exp(x));
  return th == 0 ? T(0) : x * th;
}
template <class T>
[[gnu::always_inline]] inline T d_telu(T x) {
  const T e = exp(x), th = tanh(e), rest = 1 - th * th;
  const T slope = rest == 0 ? T(0) : e * rest;
  return slope == 0 ? th : th + x * slope;
}

/// log(1 + eˣ), written so that eˣ does not overflow.
template <class T>
[[gnu::always_inline]] inline T softplus(T x) {
  return max(x, 0) + log1p(exp(x >= 0 ? -x : x));
}
template <class T>
[[gnu::always_inline]] inline T d_softplus(T x) {
  return sigmoid(x);
}

inline constexpr float kSineFrequency = 30;

template <class T>
[[gnu::always_inline]] inline T sine(T x, std::type_identity_t<T> omega = kSineFrequency) {
  return sin(x * omega);
}
template <class T>
[[gnu::always_inline]] inline T d_sine(T x, std::type_identity_t<T> omega = kSineFrequency) {
  return omega * cos(x * omega);
}

template <class T>
[[gnu::always_inline]] inline T identity(T x) {
  return x;
}
template <class T>
[[gnu::always_inline]] inline T d_identity(T) {
  return T(1);
}

template <class T>
[[gnu::always_inline]] inline T unit_threshold(T x) {
  return truth<T>(x >= 1);
}
template <class T>
[[gnu::always_inline]] inline T d_unit_threshold(T) {
  return T(1);
}

template <class T>
[[gnu::always_inline]] inline T heaviside(T x) {
  return truth<T>(x >= 0);
}
template <class T>
[[gnu::always_inline]] inline T d_heaviside(T) {
  return T(1);
}

/// log((1 + x)/(1 − x)): twice the inverse of tanh, as ngc-learn has it.
template <class T>
[[gnu::always_inline]] inline T inverse_tanh(T x) {
  return log((1 + x) / (1 - x));
}

/// The inverse of `sigmoid`, of x kept within [bound, 1 − bound] if bound > 0.
template <class T>
[[gnu::always_inline]] inline T inverse_logistic(T x, std::type_identity_t<T> bound = 0.03F) {
  const T p = bound > 0 ? clip(x, bound, 1 - bound) : x;
  return log(p / ((1 - p) + 1e-6F));
}
template <class T>
[[gnu::always_inline]] inline T inverse_sigmoid(T x, std::type_identity_t<T> bound = 0.03F) {
  return inverse_logistic(x, bound);
}

/// The functions of one value, in the order of `activations()`: for texts that know theirs when
/// they are compiled.
enum class Elementwise : std::uint8_t {
  tanh,
  sigmoid,
  relu,
  lrelu,
  relu6,
  elu,
  silu,
  gelu,
  telu,
  softplus,
  sine,
  identity,
  unit_threshold,
  heaviside,
};
inline constexpr int kElementwise = 14;

/// f(x); `omega` is the sine's.
template <Elementwise F, class T>
[[gnu::always_inline]] inline T activate(
    T x, [[maybe_unused]] std::type_identity_t<T> omega = kSineFrequency) {
  if constexpr (F == Elementwise::tanh) return tanh(x);
  if constexpr (F == Elementwise::sigmoid) return sigmoid(x);
  if constexpr (F == Elementwise::relu) return relu(x);
  if constexpr (F == Elementwise::lrelu) return lrelu(x);
  if constexpr (F == Elementwise::relu6) return relu6(x);
  if constexpr (F == Elementwise::elu) return elu(x);
  if constexpr (F == Elementwise::silu) return silu(x);
  if constexpr (F == Elementwise::gelu) return gelu(x);
  if constexpr (F == Elementwise::telu) return telu(x);
  if constexpr (F == Elementwise::softplus) return softplus(x);
  if constexpr (F == Elementwise::sine) return sine(x, omega);
  if constexpr (F == Elementwise::identity) return identity(x);
  if constexpr (F == Elementwise::unit_threshold) return unit_threshold(x);
  if constexpr (F == Elementwise::heaviside) return heaviside(x);
}

/// f'(x).
template <Elementwise F, class T>
[[gnu::always_inline]] inline T d_activate(
    T x, [[maybe_unused]] std::type_identity_t<T> omega = kSineFrequency) {
  if constexpr (F == Elementwise::tanh) return d_tanh(x);
  if constexpr (F == Elementwise::sigmoid) return d_sigmoid(x);
  if constexpr (F == Elementwise::relu) return d_relu(x);
  if constexpr (F == Elementwise::lrelu) return d_lrelu(x);
  if constexpr (F == Elementwise::relu6) return d_relu6(x);
  if constexpr (F == Elementwise::elu) return d_elu(x);
  if constexpr (F == Elementwise::silu) return d_silu(x);
  if constexpr (F == Elementwise::gelu) return d_gelu(x);
  if constexpr (F == Elementwise::telu) return d_telu(x);
  if constexpr (F == Elementwise::softplus) return d_softplus(x);
  if constexpr (F == Elementwise::sine) return d_sine(x, omega);
  if constexpr (F == Elementwise::identity) return d_identity(x);
  if constexpr (F == Elementwise::unit_threshold) return d_unit_threshold(x);
  if constexpr (F == Elementwise::heaviside) return d_heaviside(x);
}

/// y = f(x) over a batch of `rows` samples; x and y are either disjoint or the same array.
using ArrayKernel = void (*)(const float* x, float* y, std::int64_t rows, std::int64_t cols);

/// An activation function over arrays.
struct Activation {
  std::string_view name;
  std::string_view doc;
  bool elementwise;       // else each row is taken as a whole
  std::int64_t min_cols;  // rows shorter than this are an Error
  ArrayKernel f;
  ArrayKernel df;  // null for softmax, whose derivative is a matrix a row: see d_softmax()
};

/// All of them, in the order of ngc-learn's list.
std::span<const Activation> activations();

/// The activation of that name; any name that contains "heaviside" means it. The reference stays
/// valid. Throws Error: config, with the nearest name.
const Activation& activation(std::string_view name);
std::vector<std::string> activation_words();

/// Which function of one value it is. Only of those that are elementwise.
Elementwise elementwise(const Activation& activation);

}  // namespace plexus::math

#pragma once

// A few floats that move together. References everywhere: a vector wider than the baseline's has no
// calling convention that all sets share, and all of this is inlined into functions compiled for
// one set.

#include <cmath>
#include <cstdint>
#include <utility>

#define PLEXUS_INLINE [[gnu::always_inline]] inline
/// The same for a lambda.
#define PLEXUS_INLINE_LAMBDA __attribute__((always_inline))

namespace plexus::detail {

template <int N>
struct VectorOf {
  typedef float type __attribute__((vector_size(N * sizeof(float))));
  typedef float unaligned __attribute__((vector_size(N * sizeof(float)), aligned(4), may_alias));
};
template <int N>
using Vector = typename VectorOf<N>::type;

/// f(0), f(1), … f(N - 1), with constants: registers have no index.
template <int N, class F>
PLEXUS_INLINE void unrolled(F f) {
  [&]<int... I>(std::integer_sequence<int, I...>) PLEXUS_INLINE_LAMBDA {
    (f(std::integral_constant<int, I>{}), ...);
  }
  (std::make_integer_sequence<int, N>{});
}

template <int N>
PLEXUS_INLINE void load(Vector<N>& v, const float* from) {
  v = *reinterpret_cast<const typename VectorOf<N>::unaligned*>(from);
}
template <int N>
PLEXUS_INLINE void store(float* to, const Vector<N>& v) {
  *reinterpret_cast<typename VectorOf<N>::unaligned*>(to) = v;
}
template <int N>
PLEXUS_INLINE void spread(Vector<N>& v, float x) {
  v = x - Vector<N>{};  // not x + 0, which is another number for -0
}

/// sum = fma(a, b, sum), lane by lane: both compilers make one instruction of it where there is
/// one.
template <int N>
PLEXUS_INLINE void fused_add(Vector<N>& sum, const Vector<N>& a, const Vector<N>& b) {
  [&]<int... L>(std::integer_sequence<int, L...>) PLEXUS_INLINE_LAMBDA {
    sum = Vector<N>{std::fma(a[L], b[L], sum[L])...};
  }
  (std::make_integer_sequence<int, N>{});
}

}  // namespace plexus::detail

#pragma once

// y = x Wᵀ for a few samples: blocks of W are transposed on the way, so that the sums are those of
// `product` with Wᵀ stored.

#include <algorithm>

#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/pack.h"
#include "plexus/core/kernels/tile.h"

namespace plexus::detail {

/// Columns that are transposed at a time: they stay in the first-level cache until they are added.
constexpr std::int64_t kTransposedAtOnce = 64;

/// G N outputs of R samples, from row i of W on.
template <int N, int G, int R>
PLEXUS_INLINE void multiply_rows(const ProductArguments& a, const float* x, float* y,
                                 std::int64_t i) {
  alignas(64) float block[kTransposedAtOnce * G * N];
  Vector<N> total[R][G];  // from +0, so that no -0 is left
  each<R, G>([&](auto r, auto g) PLEXUS_INLINE_LAMBDA { total[r][g] = Vector<N>{}; });
  for (std::int64_t from = a.from; from < a.to; from += kRowChunk) {
    const std::int64_t to = std::min(from + kRowChunk, a.to);
    Vector<N> sums[R][G];
    each<R, G>([&](auto r, auto g) PLEXUS_INLINE_LAMBDA { sums[r][g] = Vector<N>{}; });
    for (std::int64_t k = from; k < to; k += kTransposedAtOnce) {
      const std::int64_t depth = std::min(kTransposedAtOnce, to - k);
      pack_transposed<N, G>(a, {k, depth, i, G * N}, block);
      add_to_tile<N, R, G>(sums, x + k, a.cols, 1, depth,
                           [&](std::int64_t d, auto g, Vector<N>& w)
                               PLEXUS_INLINE_LAMBDA { load<N>(w, block + (d * G + g) * N); });
    }
    each<R, G>([&](auto r, auto g)
                   PLEXUS_INLINE_LAMBDA { total[r][g] = total[r][g] + sums[r][g]; });
  }
  each<R, G>([&](auto r, auto g)
                 PLEXUS_INLINE_LAMBDA { store<N>(y + r * a.pre + i + g * N, total[r][g]); });
}

/// The last rows may overlap those before, whose sums they repeat.
template <int N, int R>
PLEXUS_INLINE void multiply_all_rows(const ProductArguments& a, const float* x, float* y) {
  if constexpr (N > 1) {
    if (a.pre < N) return multiply_all_rows<(N > 4 ? N / 2 : 1), R>(a, x, y);
  }
  std::int64_t i = 0;
  for (; i + 2 * N <= a.pre; i += 2 * N) multiply_rows<N, 2, R>(a, x, y, i);
  for (; i + N <= a.pre; i += N) multiply_rows<N, 1, R>(a, x, y, i);
  if (i < a.pre) multiply_rows<N, 1, R>(a, x, y, a.pre - N);
}

struct TransposedGemv {
  static constexpr int kMostSamples = 4;

  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    const ProductArguments a = given;
    constexpr int N = Set::kWidth;
    switch (a.batch) {
      case 1: return multiply_all_rows<N, 1>(a, a.x, a.y);
      case 2: return multiply_all_rows<N, 2>(a, a.x, a.y);
      case 3: return multiply_all_rows<N, 3>(a, a.x, a.y);
      default: return multiply_all_rows<N, kMostSamples>(a, a.x, a.y);
    }
  }
};

}  // namespace plexus::detail

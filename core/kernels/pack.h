#pragma once

// Panels of W for a batch: some columns, one chunk of rows, contiguous, columns beyond the last as they come
// (their sums go nowhere).

#include <algorithm>

#include "plexus/core/kernels/transpose.h"
#include "plexus/core/kernels/weights.h"

namespace plexus::detail {

struct Panel {
  std::int64_t row, rows;     // k: from, how many
  std::int64_t col, columns;  // of W, or of Wᵀ
};

/// Rows of C vectors. A vector may reach beyond its row, into the next, but not beyond the matrix.
template <int N, int C, class Weights>
PLEXUS_INLINE void pack(const Weights& weights, const ProductArguments& a, const Panel& p,
                        float* to) {
  const std::int64_t end = a.pre * a.cols;
  for (std::int64_t k = 0; k < p.rows; ++k, to += C * N) {
    const std::int64_t at = (p.row + k) * a.cols + p.col;
    if (at + C * N <= end) {
      unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA {
        Vector<N> w;
        weights.template read<N>(w, at + c * N);
        store<N>(to + c * N, w);
      });
    } else {
      for (std::int64_t j = 0; j < C * N; ++j) {
        Vector<1> w{};
        if (j < p.columns) weights.template read<1>(w, at + j);
        to[j] = w[0];
      }
    }
  }
}

/// The same of Wᵀ, in blocks of N x N: `columns` are rows of W.
template <int N, int C>
PLEXUS_INLINE void pack_transposed(const ProductArguments& a, const Panel& p, float* to) {
  const std::int64_t end = a.pre * a.cols;
  for (std::int64_t c = 0; c < C * N; c += N) {
    const std::int64_t rows = std::clamp<std::int64_t>(p.columns - c, 0, N);
    for (std::int64_t k = 0; k < p.rows; k += N) {
      const std::int64_t count = std::min<std::int64_t>(N, p.rows - k);
      const std::int64_t at = (p.col + c) * a.cols + p.row + k;
      float* block = to + k * C * N + c;
      if (rows == N && at + (N - 1) * a.cols + N <= end) {
        Vector<N> v[N];
        unrolled<N>([&](auto r) PLEXUS_INLINE_LAMBDA { load<N>(v[r], a.W + at + r * a.cols); });
        transpose<N>(v);
        unrolled<N>([&](auto r) PLEXUS_INLINE_LAMBDA {
          if (r < count) store<N>(block + r * C * N, v[r]);
        });
      } else {
        for (std::int64_t i = 0; i < count; ++i)
          for (std::int64_t r = 0; r < N; ++r)
            block[i * C * N + r] = r < rows ? a.W[at + r * a.cols + i] : 0.0F;
      }
    }
  }
}

}  // namespace plexus::detail

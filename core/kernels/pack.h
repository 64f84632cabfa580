#pragma once

// Panels of W for a batch: some columns, one chunk of rows, contiguous, columns beyond the last as
// they come (their sums go nowhere).

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

/// N x N of Wᵀ, or what there is of it; `rows` and `columns` are those of W. Nothing is read beyond
/// the matrix.
template <int N>
PLEXUS_INLINE void pack_edge(const ProductArguments& a, std::int64_t at, std::int64_t rows,
                             std::int64_t columns, float* to, std::int64_t stride) {
  if (at + (rows - 1) * a.cols + N > a.pre * a.cols) {
    for (std::int64_t k = 0; k < columns; ++k)
      for (std::int64_t r = 0; r < N; ++r)
        to[k * stride + r] = r < rows ? a.W[at + r * a.cols + k] : 0.0F;
    return;
  }
  Vector<N> v[N];
  unrolled<N>([&](auto r) PLEXUS_INLINE_LAMBDA {
    load<N>(v[r], a.W + at + std::min<std::int64_t>(r, rows - 1) * a.cols);
  });
  transpose<N>(v);
  float block[N * N];
  unrolled<N>([&](auto k) PLEXUS_INLINE_LAMBDA { store<N>(block + k * N, v[k]); });
  for (std::int64_t k = 0; k < columns; ++k) {
    Vector<N> column;
    load<N>(column, block + k * N);
    store<N>(to + k * stride, column);
  }
}

/// The same of Wᵀ, in blocks of N x N: `columns` are rows of W.
template <int N, int C>
PLEXUS_INLINE void pack_transposed(const ProductArguments& a, const Panel& p, float* to) {
  for (std::int64_t c = 0; c < p.columns; c += N) {
    const std::int64_t rows = std::min<std::int64_t>(p.columns - c, N);
    const std::int64_t at = (p.col + c) * a.cols + p.row;
    std::int64_t k = 0;
    if (rows == N) {
      for (; k + N <= p.rows; k += N) {
        Vector<N> v[N];
        unrolled<N>([&](auto r) PLEXUS_INLINE_LAMBDA { load<N>(v[r], a.W + at + k + r * a.cols); });
        transpose<N>(v);
        unrolled<N>([&](auto r) PLEXUS_INLINE_LAMBDA { store<N>(to + (k + r) * C * N + c, v[r]); });
      }
    }
    for (; k < p.rows; k += N)
      pack_edge<N>(a, at + k, rows, std::min<std::int64_t>(N, p.rows - k), to + k * C * N + c,
                   C * N);
  }
}

}  // namespace plexus::detail

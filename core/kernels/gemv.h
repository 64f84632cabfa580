#pragma once

// Products of one sample: the sums of some columns stay in registers while rows of W stream by.

#include <algorithm>
#include <bit>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/tile.h"

namespace plexus::detail {

/// The rows that are added, from some row on: all, or those that are listed.
struct AllRows {
  const float* x;
  std::int64_t next = 0;
  PLEXUS_INLINE void start(std::int64_t from) { next = from; }
  template <class Add>
  PLEXUS_INLINE void up_to(std::int64_t end, Add add) {
    for (; next < end; ++next) add(next, x + next);
  }
};
struct ListedRows {
  const float* x;
  ActiveList list;
  const std::uint32_t* next = list.units;
  PLEXUS_INLINE void start(std::int64_t from) {
    next = from == 0 ? list.units
                     : std::lower_bound(list.units, list.units + list.count,
                                        static_cast<std::uint32_t>(from));
  }
  template <class Add>
  PLEXUS_INLINE void up_to(std::int64_t end, Add add) {
    const std::uint32_t* last = list.units + list.count;
    for (; next != last && *next < end; ++next) add(std::int64_t{*next}, x + *next);
  }
};

/// Rows that are asked for ahead of their use, if so many floats of each are used: the machine's
/// own guess ends with a page, and so do long rows.
constexpr int rows_ahead(int used) {
  return std::max(1536 / used, 2);
}

/// The sums of one chunk of rows, C vectors of columns from j on, of R samples.
template <int N, int R, int C, class Rows, class Weights>
PLEXUS_INLINE void sum_columns(Vector<N> (&sums)[R][C], const ProductArguments& a, Rows& rows,
                               const Weights& weights, std::int64_t end, std::int64_t j) {
  each<R, C>([&](auto r, auto c) PLEXUS_INLINE_LAMBDA { sums[r][c] = Vector<N>{}; });
  rows.up_to(end, [&](std::int64_t i, const float* x) PLEXUS_INLINE_LAMBDA {
    const std::int64_t at = i * a.cols + j;
    Vector<N> factor[R];
    unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA { spread<N>(factor[r], x[r * a.pre]); });
    unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA {
      Vector<N> w;
      weights.template read<N>(w, at + c * N);
      unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA { fused_add<N>(sums[r][c], factor[r], w); });
      if constexpr (std::is_same_v<Rows, AllRows> && C * R > 2 && c * N % 16 == 0)
        __builtin_prefetch(weights.W + at + c * N + rows_ahead(R * C * N) * a.cols);
    });
  });
}

/// As many columns at a time as fit, then fewer: of one chunk, added to those before.
template <int N, int R, int C, class Rows, class Weights>
PLEXUS_INLINE void multiply_chunk(const ProductArguments& a, const Rows& rows,
                                  const Weights& weights, float* y, std::int64_t from,
                                  std::int64_t j) {
  for (; j + C * N <= a.cols; j += C * N) {
    Vector<N> sums[R][C];
    Rows these = rows;
    sum_columns<N>(sums, a, these, weights, std::min(from + kRowChunk, a.to), j);
    each<R, C>([&](auto r, auto c) PLEXUS_INLINE_LAMBDA {
      float* to = y + r * a.cols + j + c * N;
      Vector<N> before{};
      if (from != a.from) load<N>(before, to);
      store<N>(to, before + sums[r][c]);
    });
  }
  if constexpr (C > 1)
    multiply_chunk<N, R, static_cast<int>(std::bit_floor(C - 1U))>(a, rows, weights, y, from, j);
}

/// The last vector overlaps the one before, whose sums it repeats.
template <int N, int R, class Rows, class Weights>
PLEXUS_INLINE void multiply_last(const ProductArguments& a, Rows rows, const Weights& weights,
                                 float* y) {
  Vector<N> total[R][1];
  each<R, 1>([&](auto r, auto) PLEXUS_INLINE_LAMBDA { total[r][0] = Vector<N>{}; });
  rows.start(a.from);
  for (std::int64_t from = a.from; from < a.to; from += kRowChunk) {
    Vector<N> sums[R][1];
    sum_columns<N>(sums, a, rows, weights, std::min(from + kRowChunk, a.to), a.cols - N);
    each<R, 1>([&](auto r, auto) PLEXUS_INLINE_LAMBDA { total[r][0] = total[r][0] + sums[r][0]; });
  }
  each<R, 1>([&](auto r, auto)
                 PLEXUS_INLINE_LAMBDA { store<N>(y + r * a.cols + a.cols - N, total[r][0]); });
}

template <int N, int R, int C, class Rows, class Weights>
PLEXUS_INLINE void multiply_samples(const ProductArguments& a, Rows rows, const Weights& weights,
                                    float* y) {
  if constexpr (N > 1) {
    if (a.cols < N) return multiply_samples<(N > 4 ? N / 2 : 1), R, 1>(a, rows, weights, y);
  }
  for (std::int64_t from = a.from; from < a.to; from += kRowChunk) {
    rows.start(from);
    multiply_chunk<N, R, C>(a, rows, weights, y, from, 0);
  }
  if (N > 1 && a.cols % N != 0) multiply_last<N, R>(a, rows, weights, y);
}

/// H rows from row i on are added to the sums of some columns, from j on.
template <int N, int H, class Weights>
PLEXUS_INLINE void add_rows(const ProductArguments& a, const Weights& weights, std::int64_t i,
                            std::int64_t j, std::int64_t columns, float* sums) {
  Vector<N> factor[H];
  unrolled<H>([&](auto h) PLEXUS_INLINE_LAMBDA { spread<N>(factor[h], a.x[i + h]); });
  const auto add = [&](auto n, std::int64_t c) PLEXUS_INLINE_LAMBDA {
    constexpr int kWidth = n;
    Vector<kWidth> sum;
    load<kWidth>(sum, sums + c);
    unrolled<H>([&](auto h) PLEXUS_INLINE_LAMBDA {
      Vector<kWidth> w, x;
      weights.template read<kWidth>(w, (i + h) * a.cols + j + c);
      if constexpr (kWidth == N)
        x = factor[h];
      else
        spread<kWidth>(x, a.x[i + h]);
      fused_add<kWidth>(sum, x, w);
    });
    store<kWidth>(sums + c, sum);
  };
  std::int64_t c = 0;
  for (; c + N <= columns; c += N) add(std::integral_constant<int, N>{}, c);
  for (; c < columns; ++c) add(std::integral_constant<int, 1>{}, c);
}

/// One sample, whole rows, a few at a time, since memory likes long runs. The sums wait in the
/// first-level cache.
template <int N, class Weights>
PLEXUS_INLINE void multiply_streams(const ProductArguments& a, const Weights& weights) {
  constexpr int kRows = 8;
  constexpr std::int64_t kColumns = 4096;
  alignas(64) float sums[kColumns];
  for (std::int64_t from = a.from; from < a.to; from += kRowChunk) {
    const std::int64_t end = std::min(from + kRowChunk, a.to);
    for (std::int64_t j = 0; j < a.cols; j += kColumns) {
      const std::int64_t columns = std::min(kColumns, a.cols - j);
      std::fill_n(sums, columns, 0.0F);
      std::int64_t i = from;
      for (; i + kRows <= end; i += kRows) add_rows<N, kRows>(a, weights, i, j, columns, sums);
      for (; i < end; ++i) add_rows<N, 1>(a, weights, i, j, columns, sums);
      for (std::int64_t c = 0; c < columns; ++c)
        a.y[j + c] = (from == a.from ? 0.0F : a.y[j + c]) + sums[c];
    }
  }
}

/// A batch of R.
template <int R, class Weights>
struct Gemv {
  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    const ProductArguments a = given;
    if constexpr (R == 1) {
      if (a.pre * a.cols > Set::kStreamed) return multiply_streams<Set::kWidth>(a, Weights(a));
    }
    constexpr int kColumns = Set::kSums / R;
    multiply_samples<Set::kWidth, R, (kColumns > 1 ? kColumns : 1)>(a, AllRows{a.x}, Weights(a),
                                                                    a.y);
  }
};
template <class Weights>
using SampleGemv = Gemv<1, Weights>;
/// Larger batches are Gemm's.
constexpr std::int64_t kGemvSamples = 4;

/// Sample by sample, what the sample's list names.
template <class Weights>
struct Gather {
  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    const ProductArguments a = given;
    for (std::int64_t b = 0; b < a.batch; ++b)
      multiply_samples<Set::kWidth, 1, Set::kSums>(a, ListedRows{a.x + b * a.pre, a.active[b]},
                                                   Weights(a), a.y + b * a.cols);
  }
};

}  // namespace plexus::detail

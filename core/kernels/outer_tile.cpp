#include "plexus/core/kernels/outer_tile.h"

#include <algorithm>

#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/tile.h"

namespace plexus::detail {
namespace {

/// R rows, C vectors, at row r and column j of the tile.
template <int N, int R, int C>
PLEXUS_INLINE void sum_outer_tile(const OuterTile& a, std::int64_t i, std::int64_t j) {
  Vector<N> sums[R][C];
  sum_tile<N, R, C>(sums, a.x + i, 1, a.x_stride, a.batch,
                    [&](std::int64_t b, auto c, Vector<N>& y)
                        PLEXUS_INLINE_LAMBDA { load<N>(y, a.y + b * a.y_stride + j + c * N); });
  unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA {
    unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA {
      store<N>(a.sums + (i + r) * kOuterCols + j + c * N, sums[r][c]);
    });
  });
}

struct OuterLoop {
  template <class Set>
  PLEXUS_INLINE static void run(const OuterTile& given) {
    constexpr int N = Set::kWidth;
    constexpr int kRows = N >= 16 ? 8 : 4;  // of two vectors each
    const OuterTile a = given;
    std::int64_t i = 0;
    for (; i + kRows <= a.rows; i += kRows) {
      std::int64_t j = 0;
      for (; j + 2 * N <= a.cols; j += 2 * N) sum_outer_tile<N, kRows, 2>(a, i, j);
      for (; j + N <= a.cols; j += N) sum_outer_tile<N, kRows, 1>(a, i, j);
      for (; j < a.cols; ++j) sum_outer_tile<1, kRows, 1>(a, i, j);
    }
    for (; i < a.rows; ++i) {
      std::int64_t j = 0;
      for (; j + N <= a.cols; j += N) sum_outer_tile<N, 1, 1>(a, i, j);
      for (; j < a.cols; ++j) sum_outer_tile<1, 1, 1>(a, i, j);
    }
  }
};

}  // namespace

ForEachSet<OuterKernel> outer_kernels() {
  return EachSet<OuterLoop, OuterTile>::kAll;
}

void pack_panels(const float* from, std::int64_t batch, std::int64_t size, std::int64_t width,
                 float* to) {
  for (std::int64_t j = 0; j < size; j += width) {
    const std::int64_t count = std::min(width, size - j);
    for (std::int64_t b = 0; b < batch; ++b, to += width) {
      std::copy_n(from + b * size + j, count, to);
      std::fill_n(to + count, width - count, 0.0F);
    }
  }
}

}  // namespace plexus::detail

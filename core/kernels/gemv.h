#pragma once

// Products of one sample: the sums of some columns stay in registers while rows of W stream by.

#include <algorithm>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/vector.h"

namespace plexus::detail {

/// The rows of one sample that are added: all, or those that are listed.
struct AllRows {
  const float* x;
  std::int64_t next;
  template <class Add>
  PLEXUS_INLINE void up_to(std::int64_t end, Add add) {
    for (; next < end; ++next) add(next, x[next]);
  }
};
struct ListedRows {
  const float* x;
  const std::uint32_t* units;
  const std::uint32_t* last;
  ListedRows(const float* values, const ActiveList& list, std::int64_t from)
      : x(values),
        units(std::lower_bound(list.units, list.units + list.count,
                               static_cast<std::uint32_t>(from))),
        last(list.units + list.count) {}
  template <class Add>
  PLEXUS_INLINE void up_to(std::int64_t end, Add add) {
    for (; units != last && *units < end; ++units) add(std::int64_t{*units}, x[*units]);
  }
};

/// C vectors of columns from j on.
template <int N, int C, class Rows, class Weights>
PLEXUS_INLINE void multiply_columns(const ProductArguments& a, Rows rows, const Weights& weights,
                                    float* y, std::int64_t j) {
  Vector<N> total[C];  // from +0, so that no -0 is left
  unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { total[c] = Vector<N>{}; });
  for (std::int64_t from = a.from; from < a.to; from += kRowChunk) {
    Vector<N> sums[C];
    unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { sums[c] = Vector<N>{}; });
    rows.up_to(std::min(from + kRowChunk, a.to),
               [&](std::int64_t i, float x) PLEXUS_INLINE_LAMBDA {
                 const std::int64_t at = i * a.cols + j;
                 Vector<N> factor;
                 spread<N>(factor, x);
                 unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA {
                   Vector<N> w;
                   weights.template read<N>(w, at + c * N);
                   fused_add<N>(sums[c], factor, w);
                 });
               });
    unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA {
      total[c] = total[c] + sums[c];
    });
  }
  unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { store<N>(y + j + c * N, total[c]); });
}

/// As many columns at a time as fit, then half as many …; the last vector may overlap the one before,
/// whose sums it repeats.
template <int N, int C, class Rows, class Weights>
PLEXUS_INLINE void multiply_from(const ProductArguments& a, Rows rows, const Weights& weights,
                                 float* y, std::int64_t j) {
  for (; j + C * N <= a.cols; j += C * N) multiply_columns<N, C>(a, rows, weights, y, j);
  if constexpr (C > 1)
    multiply_from<N, C / 2>(a, rows, weights, y, j);
  else if (j < a.cols)
    multiply_columns<N, 1>(a, rows, weights, y, a.cols - N);
}

template <int N, int C, class Rows, class Weights>
PLEXUS_INLINE void multiply_sample(const ProductArguments& a, Rows rows, const Weights& weights,
                                   float* y) {
  if constexpr (N == 1)
    multiply_from<1, 1>(a, rows, weights, y, 0);
  else if (a.cols >= N)
    multiply_from<N, C>(a, rows, weights, y, 0);
  else
    multiply_sample<(N > 4 ? N / 2 : 1), 1>(a, rows, weights, y);
}

template <class Weights>
struct Gemv {
  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    const ProductArguments a = given;
    multiply_sample<Set::kWidth, Set::kSums>(a, AllRows{a.x, a.from}, Weights(a), a.y);
  }
};

/// Sample by sample, what the sample's list names.
template <class Weights>
struct Gather {
  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    const ProductArguments a = given;
    for (std::int64_t b = 0; b < a.batch; ++b)
      multiply_sample<Set::kWidth, Set::kSums>(
          a, ListedRows(a.x + b * a.pre, a.active[b], a.from), Weights(a), a.y + b * a.cols);
  }
};

}  // namespace plexus::detail

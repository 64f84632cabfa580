#pragma once

#include <cstdint>

#include "plexus/core/kernels/vector.h"

namespace plexus::detail {

/// f(r, c) for the registers of a tile.
template <int R, int C, class F>
PLEXUS_INLINE void each(F f) {
  unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA {
    unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { f(r, c); });
  });
}

/// sums_rc += Σ_k x_rk w_kc for R rows and C vectors of columns, in registers: one chain a sum, k
/// ascending. x_rk is at x[r * across + k * along]; `row(k, c, w)` loads vector c of row k.
template <int N, int R, int C, class Row>
PLEXUS_INLINE void add_to_tile(Vector<N> (&sums)[R][C], const float* x, std::int64_t across,
                               std::int64_t along, std::int64_t depth, Row row) {
  for (std::int64_t k = 0; k < depth; ++k, x += along) {
    Vector<N> w[C];
    unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { row(k, c, w[c]); });
    unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA {
      Vector<N> factor;
      spread<N>(factor, x[r * across]);
      unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { fused_add<N>(sums[r][c], factor, w[c]); });
    });
  }
}

/// The same from +0.
template <int N, int R, int C, class Row>
PLEXUS_INLINE void sum_tile(Vector<N> (&sums)[R][C], const float* x, std::int64_t across,
                            std::int64_t along, std::int64_t depth, Row row) {
  each<R, C>([&](auto r, auto c) PLEXUS_INLINE_LAMBDA { sums[r][c] = Vector<N>{}; });
  add_to_tile<N>(sums, x, across, along, depth, row);
}

}  // namespace plexus::detail

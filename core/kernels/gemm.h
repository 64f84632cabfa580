#pragma once

// Products of a batch: a panel of columns of W, a chunk of rows long, goes by the samples in tiles that stay
// in registers. The first tile packs the panel for the others, since rows of W that are a power of two apart
// would push each other out of the first-level cache.

#include <array>

#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/pack.h"
#include "plexus/core/kernels/tile.h"

namespace plexus::detail {

struct Tile {
  const float* x;
  std::int64_t x_stride;
  const float* w;
  std::int64_t w_stride;
  std::int64_t depth;
  float* packed;  // where the panel goes
  float* y;
  std::int64_t y_stride;
  std::int64_t columns;  // that count
  bool add;              // to the sums of the chunks before
};

/// R samples, C vectors. `kPacks`: w are rows of W, of a panel that is copied on the way.
template <int R, int C, bool kPacks>
struct TileLoop {
  template <class Set>
  PLEXUS_INLINE static void run(const Tile& given) {
    constexpr int N = Set::kWidth;
    const Tile a = given;
    Vector<N> sums[R][C];
    sum_tile<N, R, C>(sums, a.x, a.x_stride, 1, a.depth,
                      [&](std::int64_t k, auto c, Vector<N>& w) PLEXUS_INLINE_LAMBDA {
                        load<N>(w, a.w + k * a.w_stride + c * N);
                        if constexpr (kPacks) {
                          store<N>(a.packed + (k * C + c) * N, w);
                          __builtin_prefetch(a.w + k * a.w_stride + (c + C) * N);  // the next panel
                        }
                      });
    if (a.columns == C * N) {
      unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA {
        unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA {
          float* y = a.y + r * a.y_stride + c * N;
          Vector<N> before{};
          if (a.add) load<N>(before, y);
          store<N>(y, before + sums[r][c]);
        });
      });
    } else {
      unrolled<R>([&](auto r) PLEXUS_INLINE_LAMBDA {
        float values[C * N];
        unrolled<C>([&](auto c) PLEXUS_INLINE_LAMBDA { store<N>(values + c * N, sums[r][c]); });
        float* y = a.y + r * a.y_stride;
        for (std::int64_t j = 0; j < a.columns; ++j) y[j] = (a.add ? y[j] : 0.0F) + values[j];
      });
    }
  }
};

/// Tiles of 1, 2, … samples.
template <class Set, int C, bool kPacks>
constexpr auto tiles() {
  return []<int... R>(std::integer_sequence<int, R...>) {
    return std::array{Compiled<TileLoop<R + 1, C, kPacks>, Tile>::template of<Set>()...};
  }(std::make_integer_sequence<int, Set::kSamples>{});
}

/// The samples in tiles as equal as can be. `first` takes the first.
template <class Set, int C>
PLEXUS_INLINE void multiply_panel(Tile tile, std::int64_t batch, bool packs) {
  static constexpr auto kTiles = tiles<Set, C, false>();
  const std::int64_t count = (batch + Set::kSamples - 1) / Set::kSamples;
  const std::int64_t least = batch / count, more = batch % count;
  for (std::int64_t t = 0; t < count; ++t) {
    const std::int64_t samples = least + (t < more ? 1 : 0);
    const auto size = static_cast<std::size_t>(samples - 1);
    bool done = false;
    if constexpr (C == 2) {
      static constexpr auto kPackingTiles = tiles<Set, C, true>();
      if (packs && t == 0) {
        kPackingTiles[size](tile);
        tile.w = tile.packed;
        tile.w_stride = C * Set::kWidth;
        done = true;
      }
    }
    if (!done) kTiles[size](tile);
    tile.x += samples * tile.x_stride;
    tile.y += samples * tile.y_stride;
  }
}

/// Below so many bytes a panel of W, as it lies, stays in the first-level cache.
constexpr std::int64_t kSmallWeights = 32 * 1024;

template <class Weights>
struct Gemm {
  static constexpr bool kTransposed = std::is_same_v<Weights, void>;

  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    constexpr int N = Set::kWidth;
    const ProductArguments a = given;
    const std::int64_t outputs = kTransposed ? a.pre : a.cols;
    for (std::int64_t j = 0; j < outputs; j += 2 * N) {
      if (outputs - j > N)
        run_panel<Set, 2>(a, j, std::min<std::int64_t>(2 * N, outputs - j), outputs);
      else
        run_panel<Set, 1>(a, j, outputs - j, outputs);
    }
  }

 private:
  template <class Set, int C>
  PLEXUS_INLINE static void run_panel(const ProductArguments& a, std::int64_t j,
                                      std::int64_t columns, std::int64_t outputs) {
    constexpr int N = Set::kWidth;
    alignas(64) float packed[kRowChunk * C * N];
    const std::int64_t x_size = kTransposed ? a.cols : a.pre;
    for (std::int64_t from = a.from; from == a.from || from < a.to; from += kRowChunk) {
      const std::int64_t depth = std::min(kRowChunk, a.to - from);
      Tile tile{a.x + from, x_size,  packed,  C * N,           depth, packed,
                a.y + j,    outputs, columns, from != a.from};
      bool packs = false;
      if constexpr (kTransposed) {
        pack_transposed<N, C>(a, {from, depth, j, columns}, packed);
      } else if constexpr (std::is_same_v<Weights, PlainWeights>) {
        if (C == 2 && columns == C * N) {
          tile.w = a.W + from * a.cols + j;
          tile.w_stride = a.cols;
          packs = a.pre * a.cols * std::int64_t{sizeof(float)} > kSmallWeights;
        } else {
          pack<N, C>(Weights(a), a, {from, depth, j, columns}, packed);
        }
      } else {
        pack<N, C>(Weights(a), a, {from, depth, j, columns}, packed);
      }
      multiply_panel<Set, C>(tile, a.batch, packs);
    }
  }
};

}  // namespace plexus::detail

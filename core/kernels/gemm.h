#pragma once

// Products of a batch: a panel of columns of W, a chunk of rows long, goes by the samples in tiles
// that stay in registers. The first tile packs the panel for the others, since rows of W that are a
// power of two apart would push each other out of the first-level cache.

#include <array>

#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/pack.h"
#include "plexus/core/kernels/tile.h"

namespace plexus::detail {

// Rows of a panel are asked for ahead of their use. Rows a power of two apart share the first
// level's few places, so not many at a time fit there; what is far away, in a large matrix, is
// asked for from afar, into the second level.
constexpr int kRowsNear = 8;
constexpr int kRowsFar = 64;
constexpr std::int64_t kFarWeights = 8 * 1024 * 1024;

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

/// What is done with the panel on the way: it is packed already, or lies as it is in W, or is
/// copied.
enum class Walk : unsigned char { packed, direct, packs, packs_from_afar };

/// R samples, C vectors.
template <int R, int C, Walk kWalk>
struct TileLoop {
  template <class Set>
  PLEXUS_INLINE static void run(const Tile& given) {
    constexpr int N = Set::kWidth;
    const Tile a = given;
    Vector<N> sums[R][C];
    sum_tile<N, R, C>(sums, a.x, a.x_stride, 1, a.depth,
                      [&](std::int64_t k, auto c, Vector<N>& w) PLEXUS_INLINE_LAMBDA {
                        load<N>(w, a.w + k * a.w_stride + c * N);
                        if constexpr (kWalk == Walk::packs || kWalk == Walk::packs_from_afar)
                          store<N>(a.packed + (k * C + c) * N, w);
                        if constexpr (kWalk != Walk::packed)
                          __builtin_prefetch(a.w + (k + kRowsNear) * a.w_stride + c * N);
                        if constexpr (kWalk == Walk::packs_from_afar)
                          __builtin_prefetch(a.w + (k + kRowsFar) * a.w_stride + c * N, 0, 2);
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
template <class Set, int C, Walk kWalk>
constexpr auto tiles() {
  return []<int... R>(std::integer_sequence<int, R...>) {
    return std::array{EachSet<TileLoop<R + 1, C, kWalk>, Tile>::template of<Set>()...};
  }
  (std::make_integer_sequence<int, Set::kSamples>{});
}

/// f(first, size) for tiles of samples as equal as can be.
template <class Set, class F>
PLEXUS_INLINE void each_tile(std::int64_t batch, F f) {
  const std::int64_t count = (batch + Set::kSamples - 1) / Set::kSamples;
  const std::int64_t least = batch / count, more = batch % count;
  for (std::int64_t t = 0, first = 0; t < count; ++t) {
    const std::int64_t size = least + (t < more ? 1 : 0);
    f(first, size);
    first += size;
  }
}

/// Below so many bytes W, as it lies, stays in the first-level cache.
constexpr std::int64_t kSmallWeights = 32 * 1024;

/// `Weights` is void for Wᵀ.
template <class Weights>
struct Gemm {
  static constexpr bool kTransposed = std::is_void_v<Weights>;

  template <class Set>
  PLEXUS_INLINE static void run(const ProductArguments& given) {
    constexpr std::int64_t kPanel = 2 * Set::kWidth;
    alignas(64) float packed[kRowChunk * kPanel];
    const Pass<Set> pass{given, kTransposed ? given.pre : given.cols,
                         kTransposed ? given.cols : given.pre, packed};
    const std::int64_t panels = (pass.outputs + kPanel - 1) / kPanel;
    // Chunk by chunk: the pages of a few hundred rows are all that the machine can keep in mind.
    for (std::int64_t from = given.from; from < given.to; from += kRowChunk) {
      const std::int64_t depth = std::min(kRowChunk, given.to - from);
      if (panels > 1 && panels * depth <= kRowChunk && given.batch >= kPanel) {
        pass.samples_by_panels(from, depth);
      } else {
        for (std::int64_t j = 0; j < pass.outputs; j += kPanel) {
          if (pass.outputs - j > Set::kWidth)
            pass.template panel_by_samples<2>(from, depth, j);
          else
            pass.template panel_by_samples<1>(from, depth, j);
        }
      }
    }
  }

 private:
  template <class Set>
  struct Pass {
    static constexpr int N = Set::kWidth;
    ProductArguments a;
    std::int64_t outputs, x_size;
    float* packed;

    PLEXUS_INLINE Tile tile(std::int64_t from, std::int64_t depth, std::int64_t j,
                            std::int64_t width, float* panel) const {
      return {a.x + from,    x_size,  panel,
              width,         depth,   panel,
              a.y + j,       outputs, std::min(width, outputs - j),
              from != a.from};
    }

    PLEXUS_INLINE static void move(Tile& tile, std::int64_t samples) {
      tile.x += samples * tile.x_stride;
      tile.y += samples * tile.y_stride;
    }

    template <int C>
    PLEXUS_INLINE void pack_panel(std::int64_t from, std::int64_t depth, std::int64_t j,
                                  float* to) const {
      const Panel panel{from, depth, j, std::min<std::int64_t>(C * N, outputs - j)};
      if constexpr (kTransposed)
        pack_transposed<N, C>(a, panel, to);
      else
        pack<N, C>(Weights(a), a, panel, to);
    }

    /// One panel goes by all samples. If it is taken as it is, the first tile of samples packs it
    /// for the rest.
    template <int C>
    PLEXUS_INLINE void panel_by_samples(std::int64_t from, std::int64_t depth,
                                        std::int64_t j) const {
      static constexpr auto kPacked = tiles<Set, C, Walk::packed>();
      Tile next = tile(from, depth, j, C * N, packed);
      if constexpr (C == 2 && std::is_same_v<Weights, PlainWeights>) {
        if (next.columns == C * N) {
          next.w = a.W + from * a.cols + j;
          next.w_stride = a.cols;
          if (a.pre * a.cols * std::int64_t{sizeof(float)} > kSmallWeights)
            return by_samples_from_memory(next);
        } else {
          pack_panel<C>(from, depth, j, packed);
        }
      } else {
        pack_panel<C>(from, depth, j, packed);
      }
      each_tile<Set>(a.batch, [&](std::int64_t, std::int64_t samples) PLEXUS_INLINE_LAMBDA {
        kPacked[static_cast<std::size_t>(samples - 1)](next);
        move(next, samples);
      });
    }

    PLEXUS_INLINE void by_samples_from_memory(Tile next) const {
      static constexpr auto kPacked = tiles<Set, 2, Walk::packed>(),
                            kDirect = tiles<Set, 2, Walk::direct>(),
                            kPacking = tiles<Set, 2, Walk::packs>(),
                            kPackingFar = tiles<Set, 2, Walk::packs_from_afar>();
      const bool far = a.pre * a.cols * std::int64_t{sizeof(float)} > kFarWeights;
      each_tile<Set>(a.batch, [&](std::int64_t first, std::int64_t samples) PLEXUS_INLINE_LAMBDA {
        const auto size = static_cast<std::size_t>(samples - 1);
        if (first > 0) {
          kPacked[size](next);
        } else if (samples == a.batch) {
          kDirect[size](next);
        } else {
          (far ? kPackingFar : kPacking)[size](next);
          next.w = packed;
          next.w_stride = 2 * N;
        }
        move(next, samples);
      });
    }

    /// All panels are packed at once and go by a few samples, whose sums are then written row by
    /// row.
    PLEXUS_INLINE void samples_by_panels(std::int64_t from, std::int64_t depth) const {
      static constexpr auto kTwo = tiles<Set, 2, Walk::packed>(),
                            kOne = tiles<Set, 1, Walk::packed>();
      for (std::int64_t j = 0; j < outputs; j += 2 * N) {
        if (outputs - j > N)
          pack_panel<2>(from, depth, j, packed + j * depth);
        else
          pack_panel<1>(from, depth, j, packed + j * depth);
      }
      each_tile<Set>(a.batch, [&](std::int64_t first, std::int64_t samples) PLEXUS_INLINE_LAMBDA {
        const auto size = static_cast<std::size_t>(samples - 1);
        for (std::int64_t j = 0; j < outputs; j += 2 * N) {
          const bool two = outputs - j > N;
          Tile next = tile(from, depth, j, two ? 2 * N : N, packed + j * depth);
          move(next, first);
          (two ? kTwo : kOne)[size](next);
        }
      });
    }
  };
};

}  // namespace plexus::detail

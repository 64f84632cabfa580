#include "plexus/core/kernels/sparse.h"

#include <algorithm>
#include <cmath>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/product.h"

namespace plexus::detail {
namespace {

struct Rows {
  const std::uint32_t *starts, *columns;
  const float* kept;
  float scale;
};

/// y += x W_i, each term joining the chain of its column.
[[gnu::always_inline]] inline void add_row(const Rows& W, std::uint32_t i, float x, float* y) {
  const std::uint32_t from = W.starts[i], to = W.starts[i + 1];
  if (x == 1 && W.scale == 1) {  // a spike: the product is exact
    for (std::uint32_t k = from; k < to; ++k) y[W.columns[k]] += W.kept[k];
  } else {
    for (std::uint32_t k = from; k < to; ++k)
      y[W.columns[k]] = std::fma(x, W.kept[k] * W.scale, y[W.columns[k]]);
  }
}

/// y += x W_i, each product rounded: a chain of one term.
[[gnu::always_inline]] inline void add_lone_row(const Rows& W, std::uint32_t i, float x, float* y) {
  const std::uint32_t from = W.starts[i], to = W.starts[i + 1];
  for (std::uint32_t k = from; k < to; ++k) y[W.columns[k]] += x * (W.kept[k] * W.scale);
}

/// y += sums in the columns of W_i, whose sums become 0.
[[gnu::always_inline]] inline void flush_row(const Rows& W, std::uint32_t i, float* sums,
                                             float* y) {
  for (std::uint32_t k = W.starts[i]; k < W.starts[i + 1]; ++k) {
    y[W.columns[k]] += sums[W.columns[k]];
    sums[W.columns[k]] = 0;
  }
}

/// Asks for W_i while the row before it is added: rows of units that spike are never in sequence.
[[gnu::always_inline]] inline void fetch_row(const Rows& W, std::uint32_t i) {
  constexpr std::uint32_t kLine = 16;  // of four-byte numbers
  for (std::uint32_t k = W.starts[i]; k < W.starts[i + 1]; k += kLine) {
    __builtin_prefetch(W.columns + k);
    __builtin_prefetch(W.kept + k);
  }
}

struct Arguments {
  Rows W;
  std::int64_t batch, pre, cols;
  const float* x;
  float* y;
  std::uint32_t* active;
  float* sums;
};

struct SparseLoop {
  /// Chunk by chunk of active rows: the first chain of a column starts in y itself.
  [[gnu::always_inline]] static void run_sample(const Arguments& a, const float* x, float* y) {
    const std::uint32_t* const end = a.active + list_active(x, a.pre, a.active);
    for (const std::uint32_t* i = a.active; i != end;) {
      const std::uint32_t chunk = *i / static_cast<std::uint32_t>(kRowChunk);
      const std::uint32_t* to = i + 1;
      while (to != end && *to / static_cast<std::uint32_t>(kRowChunk) == chunk) ++to;
      if (i == a.active) {
        fetch_row(a.W, *i);
        for (; i != to; ++i) {
          if (i + 1 != end) fetch_row(a.W, i[1]);
          add_row(a.W, *i, x[*i], y);
        }
      } else if (to == i + 1) {
        add_lone_row(a.W, *i, x[*i], y);
      } else {
        for (const std::uint32_t* r = i; r != to; ++r) add_row(a.W, *r, x[*r], a.sums);
        for (const std::uint32_t* r = i; r != to; ++r) flush_row(a.W, *r, a.sums, y);
      }
      i = to;
    }
  }

  template <class Set>
  [[gnu::always_inline]] static void run(const Arguments& a) {
    std::fill_n(a.y, a.batch * a.cols, 0.0F);
    for (std::int64_t b = 0; b < a.batch; ++b) run_sample(a, a.x + b * a.pre, a.y + b * a.cols);
  }
};

}  // namespace

void sparse_product(const SparseMatrix& W, std::span<const float> x, std::span<float> y,
                    std::span<std::uint32_t> active, std::span<float> sums) {
  const std::int64_t pre = W.pattern.shape().rows(), cols = W.pattern.shape().cols();
  EachSet<SparseLoop, Arguments>::kAll.best()(
      {.W = {W.pattern.row_starts().data(), W.pattern.columns().data(), W.kept.data(), W.scale},
       .batch = static_cast<std::int64_t>(x.size()) / pre,
       .pre = pre,
       .cols = cols,
       .x = x.data(),
       .y = y.data(),
       .active = active.data(),
       .sums = sums.data()});
}

}  // namespace plexus::detail

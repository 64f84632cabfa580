#include "plexus/core/kernels/sparse.h"

#include <algorithm>
#include <cmath>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/target.h"

namespace plexus::detail {
namespace {

/// Row i of a matrix that is held by some of its elements, added to y.
struct SparseRows {
  const std::uint32_t *starts, *columns;
  const float* kept;
  float scale;

  [[gnu::always_inline]] void add(std::uint32_t i, float x, float* y) const {
    const std::uint32_t from = starts[i], to = starts[i + 1];
    if (x == 1 && scale == 1) {  // a spike: the product is exact
      for (std::uint32_t k = from; k < to; ++k) y[columns[k]] += kept[k];
    } else {
      for (std::uint32_t k = from; k < to; ++k)
        y[columns[k]] = std::fma(x, kept[k] * scale, y[columns[k]]);
    }
  }
};

struct WholeRows {
  const float* values;
  std::size_t cols;
  float scale;

  [[gnu::always_inline]] void add(std::uint32_t i, float x, float* y) const {
    const float* row = values + i * cols;
    for (std::size_t j = 0; j < cols; ++j) y[j] = std::fma(x, row[j] * scale, y[j]);
  }
};

struct Sizes {
  std::size_t batch, pre, cols;
};

template <class Rows>
[[gnu::always_inline]] inline void multiply(const Rows& W, const Sizes& n, const float* x, float* y,
                                            std::uint32_t* active) {
  std::fill_n(y, n.batch * n.cols, 0.0F);
  for (std::size_t b = 0; b < n.batch; ++b, x += n.pre, y += n.cols) {
    const std::int64_t count = list_active(x, static_cast<std::int64_t>(n.pre), active);
    for (std::int64_t a = 0; a < count; ++a) W.add(active[a], x[active[a]], y);
  }
}

template <class Rows>
PLEXUS_TARGET_AVX2 void multiply_wide(const Rows& W, const Sizes& n, const float* x, float* y,
                                      std::uint32_t* active) {
  multiply(W, n, x, y, active);
}

template <class Rows>
void run(const Rows& W, const Sizes& n, const float* x, float* y, std::uint32_t* active) {
  instruction_set() >= InstructionSet::avx2 ? multiply_wide(W, n, x, y, active)
                                            : multiply(W, n, x, y, active);
}

}  // namespace

void sparse_product(const SparseMatrix& W, std::span<const float> x, std::span<float> y,
                    std::span<std::uint32_t> active) {
  const auto pre = static_cast<std::size_t>(W.pattern.shape().rows()),
             cols = static_cast<std::size_t>(W.pattern.shape().cols());
  run(SparseRows{W.pattern.row_starts().data(), W.pattern.columns().data(), W.kept.data(), W.scale},
      {x.size() / pre, pre, cols}, x.data(), y.data(), active.data());
}

void unbroken_product(const WholeMatrix& W, std::span<const float> x, std::span<float> y,
                      std::span<std::uint32_t> active) {
  const std::size_t pre = active.size() - static_cast<std::size_t>(kVector),
                    cols = W.values.size() / pre;
  run(WholeRows{W.values.data(), cols, W.scale}, {x.size() / pre, pre, cols}, x.data(), y.data(),
      active.data());
}

}  // namespace plexus::detail

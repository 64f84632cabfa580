#pragma once

#include <cstdint>
#include <span>

#include "plexus/core/sparse_pattern.h"

namespace plexus::detail {

/// A matrix that is held by some of its elements, times a number.
struct SparseMatrix {
  const SparsePattern& pattern;
  std::span<const float> kept;
  float scale = 1;
};

/// y = x W: x (B, n), y (B, m). The bits are those of the product of the whole matrix (product.h);
/// rows with x = 0 cost nothing. `active` is scratch with room for n and a vector more, `sums` for
/// m zeros, which it leaves.
void sparse_product(const SparseMatrix& W, std::span<const float> x, std::span<float> y,
                    std::span<std::uint32_t> active, std::span<float> sums);

}  // namespace plexus::detail

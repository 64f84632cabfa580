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

/// The same matrix with its zeros.
struct WholeMatrix {
  std::span<const float> values;
  float scale = 1;
};

// y = x W: x (B, n), y (B, m). Per column one chain of fused multiply-adds, rows ascending; rows
// with x = 0 cost nothing. Both give the same bits. `active` is scratch with room for n and a
// vector more.
void sparse_product(const SparseMatrix& W, std::span<const float> x, std::span<float> y,
                    std::span<std::uint32_t> active);
/// `active`'s size tells n.
void unbroken_product(const WholeMatrix& W, std::span<const float> x, std::span<float> y,
                      std::span<std::uint32_t> active);

}  // namespace plexus::detail

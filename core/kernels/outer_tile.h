#pragma once

#include <cstdint>

#include "plexus/core/kernels/target.h"

namespace plexus::detail {

// Σ_b x_bi y_bj for a tile of i and j: one chain a sum, b ascending, from +0, each term fused. With
// a batch of one, the product itself.

constexpr std::int64_t kOuterRows = 8;
constexpr std::int64_t kOuterCols = 32;

struct OuterTile {
  const float* x;  // x_bi at x[b * x_stride + i]
  std::int64_t x_stride;
  const float* y;  // y_bj at y[b * y_stride + j]
  std::int64_t y_stride;
  std::int64_t batch;
  std::int64_t rows, cols;  // at most kOuterRows and kOuterCols; only these are read and written
  float* sums;              // row r at sums + r * kOuterCols
};

using OuterKernel = void (*)(const OuterTile&) noexcept;
ForEachSet<OuterKernel> outer_kernels();

/// Panels of `width` columns of `from` (batch, size), one after the other, each (batch, width) and
/// contiguous, the last filled up with zeros: so laid out, samples that are a power of two apart do
/// not push each other out of the first-level cache. x in panels of kOuterRows, y of kOuterCols.
/// `to` has room for `packed_size` floats.
void pack_panels(const float* from, std::int64_t batch, std::int64_t size, std::int64_t width,
                 float* to);
constexpr std::int64_t packed_size(std::int64_t batch, std::int64_t size, std::int64_t width) {
  return (size + width - 1) / width * width * batch;
}

}  // namespace plexus::detail

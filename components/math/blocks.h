#pragma once

#include <cstdint>
#include <span>

#include "plexus/components/math/matrix_view.h"
#include "plexus/core/tensor.h"

/// Matrices made of blocks.
namespace plexus::math {

/// How many rows and columns a block has.
struct BlockShape {
  std::int64_t rows, cols;
};

/// Rescales M in place so that within each block every column (axis 0) or row (axis 1) has the
/// vector norm `norm`. `order` p is 1, 2, INFINITY or another number > 0.
/// Throws Error if the blocks do not tile M, or for another axis or order.
void normalize_block_matrix(MatrixView M, BlockShape block, float order = 2, int axis = 0,
                            float norm = 1);

/// One block for each entry of `map`: where the entry is > 0, `alpha_exc` on the block's diagonal
/// and −`alpha_inh` off it; elsewhere zeros.
Tensor create_block_matrix(ConstMatrixView map, BlockShape block, float alpha_inh = -1,
                           float alpha_exc = 1);

/// n x n zeros, but values[i] at (i, (i + k) mod n), where n is the number of values.
Tensor eye_wrapped(std::int64_t k, std::span<const float> values);

}  // namespace plexus::math

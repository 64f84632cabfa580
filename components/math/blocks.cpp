#include "plexus/components/math/blocks.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

/// `n` values, `stride` apart.
struct Line {
  float* first;
  std::int64_t n, stride;

  float& operator[](std::int64_t i) const { return first[i * stride]; }
};

float p_norm(Line line, float p) {
  float sum = 0;
  for (std::int64_t i = 0; i < line.n; ++i) {
    const float size = abs(line[i]);
    if (std::isinf(p)) {
      sum = max(sum, size);
    } else if (p == 1) {
      sum += size;
    } else {
      sum += p == 2 ? size * size : pow(size, p);
    }
  }
  if (std::isinf(p) || p == 1) return sum;
  return p == 2 ? sqrt(sum) : pow(sum, 1 / p);
}

void check_block(BlockShape block) {
  if (block.rows < 1 || block.cols < 1)
    throw Error{Error::Kind::shape,
                {},
                fmt::format("a block cannot have the shape ({}, {})", block.rows, block.cols),
                "give both extents as numbers > 0"};
}

}  // namespace

void normalize_block_matrix(MatrixView M, BlockShape block, float order, int axis, float norm) {
  check_block(block);
  if (M.rows % block.rows != 0 || M.cols % block.cols != 0)
    throw Error{Error::Kind::shape,
                {},
                fmt::format("blocks of shape ({}, {}) do not tile a matrix of shape ({}, {})",
                            block.rows, block.cols, M.rows, M.cols),
                "give extents that divide the matrix's"};
  if (!(order > 0))
    throw Error{Error::Kind::config,
                {},
                fmt::format("there is no vector norm of order {}", order),
                "give 1, 2 or another number > 0"};
  if (axis != 0 && axis != 1)
    throw Error{Error::Kind::config,
                {},
                fmt::format("a matrix has no axis {}", axis),
                "give 0 for columns, 1 for rows"};

  constexpr float kEpsilon = 1e-8F;  // lets a line of zeros stay one
  const auto rescale = [=](Line line) {
    const float factor = norm / (p_norm(line, order) + kEpsilon);
    for (std::int64_t i = 0; i < line.n; ++i) line[i] *= factor;
  };
  for (std::int64_t i = 0; i < M.rows; i += block.rows)
    for (std::int64_t j = 0; j < M.cols; j += block.cols) {
      if (axis == 0) {
        for (std::int64_t c = 0; c < block.cols; ++c) rescale({&M(i, j + c), block.rows, M.cols});
      } else {
        for (std::int64_t r = 0; r < block.rows; ++r) rescale({&M(i + r, j), block.cols, 1});
      }
    }
}

Tensor create_block_matrix(ConstMatrixView map, BlockShape block, float alpha_inh,
                           float alpha_exc) {
  check_block(block);
  const auto rows = map.rows * block.rows, cols = map.cols * block.cols;
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(rows * cols));
  for (std::int64_t i = 0; i < rows; ++i)
    for (std::int64_t j = 0; j < cols; ++j) {
      const bool present = map(i / block.rows, j / block.cols) > 0;
      const bool diagonal = i % block.rows == j % block.cols;
      values.push_back(!present ? 0.0F : diagonal ? alpha_exc : -alpha_inh);
    }
  return {{rows, cols}, std::move(values)};
}

Tensor eye_wrapped(std::int64_t k, std::span<const float> values) {
  const auto n = static_cast<std::int64_t>(values.size());
  std::vector<float> matrix(values.size() * values.size());
  for (std::int64_t i = 0; i < n; ++i) {
    const auto column = ((i + k) % n + n) % n;
    matrix[static_cast<std::size_t>(i * n + column)] = values[static_cast<std::size_t>(i)];
  }
  return {{n, n}, std::move(matrix)};
}

}  // namespace plexus::math

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "plexus/components/math/matrix_view.h"
#include "plexus/core/tensor.h"

namespace plexus::math {

/// What a print-out says about an array.
struct TensorStats {
  double mean, std;  // std of the population: the sum of squares over n
  double mag;        // the largest magnitude
  double min, max;

  friend bool operator==(const TensorStats&, const TensorStats&) = default;
};

/// Nothing for an empty array. Sums run in double; NaN anywhere makes all of them NaN.
std::optional<TensorStats> tensorstats(std::span<const float> x);
std::optional<TensorStats> tensorstats(const Tensor& x);

/// The place of the first largest value; NaN counts as the largest. `x` must not be empty.
std::size_t argmax(std::span<const float> x);

/// 1 at the first largest value of each row, else 0. y may be x.
void one_hot(ConstMatrixView x, MatrixView y);

/// The largest magnitude of each column (axis 0) or row (axis 1, or -1). Throws for another axis.
std::vector<float> chebyshev_norm(ConstMatrixView x, int axis = -1);

/// (x − mean of its row)/sd · scale + shift, with *one* sd: that of the whole array about the means
/// of the rows, at least 10⁻³. y may be x.
void layer_normalize(ConstMatrixView x, float shift, float scale, MatrixView y);

}  // namespace plexus::math

#pragma once

#include "plexus/components/math/matrix_view.h"

/// Distances of every sample x (B, D), one a row, to every template W (D, N), one a column: d (B,
/// N).
namespace plexus::math {

/// ‖x_b − w_n‖_p; order 1 is Manhattan's, 2 Euclid's, infinity Chebyshev's, 0 counts what differs.
void minkowski_distance(ConstMatrixView x, ConstMatrixView W, float order, MatrixView d);

/// 1 − x_b·w_n / (‖x_b‖ ‖w_n‖); NaN where one of them is 0.
void cosine_distance(ConstMatrixView x, ConstMatrixView W, MatrixView d);

}  // namespace plexus::math

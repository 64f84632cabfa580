#pragma once

#include "plexus/components/math/matrix_view.h"
#include "plexus/core/random/threefry.h"

/// Helpers that draw random numbers. The draws for a batch are one array of x's shape.
namespace plexus::math {

/// Keeps each value with probability 1 − rate, scaled by 1/(1 − rate), and makes the others 0.
/// `mask` gets the factor of each value; y = x·mask. y may be x. Throws Error: config, unless
/// 0 <= rate < 1.
void drop_out(Key key, ConstMatrixView x, float rate, MatrixView y, MatrixView mask);

/// Cuts each row into `n_groups` groups side by side and lets one unit of each group win, the
/// larger x the likelier: y is 1 at the largest x·u, u uniform in [0, 1), else 0. A group whose sum
/// is not > 0 stays as it is. y may be x. Throws Error: shape, unless the groups divide a row.
void sample_values_by_group(Key key, ConstMatrixView x, int n_groups, MatrixView y);

}  // namespace plexus::math

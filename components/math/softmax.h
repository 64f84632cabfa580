#pragma once

#include "plexus/components/math/matrix_view.h"
#include "plexus/core/tensor.h"

namespace plexus::math {

/// y = softmax(x/τ) of each row; τ <= 0 means 1. y may be x.
void softmax(ConstMatrixView x, float tau, MatrixView y);

/// The derivative of each row of softmax: (rows, cols, cols), (diag(s) − s sᵀ)/τ. τ <= 0 means 1.
Tensor d_softmax(ConstMatrixView x, float tau = 0);

}  // namespace plexus::math

#pragma once

#include <Eigen/Core>

#include "plexus/components/math/matrix_view.h"

namespace plexus::math {

/// The matrix in double precision, for what loses too much in single.
inline Eigen::MatrixXd in_double(ConstMatrixView x) {
  using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const Rows>(x.values, x.rows, x.cols).cast<double>();
}

}  // namespace plexus::math

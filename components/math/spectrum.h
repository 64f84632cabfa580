#pragma once

#include <Eigen/Core>

namespace plexus::math {

/// The singular values of a matrix A and the directions that belong to them, without the other
/// side's: those are A v / σ.
struct Spectrum {
  Eigen::VectorXd values;      // σ, in descending order: as many as A's shorter side
  Eigen::MatrixXd directions;  // v, a column each
  bool wide;                   // A has more columns than rows: the directions are its transpose's
};

/// By the eigenvectors of AᵀA (of AAᵀ for a wide A), in double precision: right to a 1e-8th of the
/// largest, which is what single precision holds. Values below that are 0.
Spectrum spectrum(const Eigen::MatrixXd& A);

}  // namespace plexus::math

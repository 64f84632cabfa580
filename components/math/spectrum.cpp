#include "plexus/components/math/spectrum.h"

#include <limits>

#include <Eigen/Eigenvalues>

namespace plexus::math {

Spectrum spectrum(const Eigen::MatrixXd& A) {
  const bool wide = A.rows() < A.cols();
  if (A.size() == 0) return {{}, {}, wide};
  Eigen::MatrixXd gram;
  if (wide)
    gram = A * A.transpose();
  else
    gram = A.transpose() * A;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(gram);  // in ascending order
  const Eigen::VectorXd squares = solved.eigenvalues().reverse();
  const double least =
      squares(0) * static_cast<double>(squares.size()) * std::numeric_limits<double>::epsilon();
  return {(squares.array() > least).select(squares.array().max(0).sqrt(), 0),
          solved.eigenvectors().rowwise().reverse(), wide};
}

}  // namespace plexus::math

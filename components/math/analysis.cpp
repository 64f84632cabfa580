#include "plexus/components/math/analysis.h"

#include <algorithm>
#include <cmath>

#include "plexus/components/math/in_double.h"
#include "plexus/components/math/spectrum.h"

namespace plexus::math {
namespace {

constexpr double kLeastVariance = 1e-8, kLeastProduct = 1e-6;

Eigen::MatrixXd centred(ConstMatrixView Z) {
  Eigen::MatrixXd X = in_double(Z);
  if (Z.rows > 0) X.rowwise() -= X.colwise().mean().eval();
  return X;
}

/// Of the columns, over N - 1.
Eigen::MatrixXd covariance(ConstMatrixView Z) {
  const Eigen::MatrixXd X = centred(Z);
  return X.transpose() * X / static_cast<double>(Z.rows - 1);
}

}  // namespace

float participation_ratio(ConstMatrixView Z) {
  if (Z.rows < 2) return 1;
  const Eigen::MatrixXd C = covariance(Z);
  const double squares = C.squaredNorm();  // tr(C²): C is symmetric
  return squares > 0 ? static_cast<float>(C.trace() * C.trace() / squares) : 1.0F;
}

float rankme(ConstMatrixView Z, float eps) {
  const Eigen::ArrayXd s = spectrum(in_double(Z)).values.array();
  const double sum = s.sum();
  if (!(sum > 0)) return 0;
  const Eigen::ArrayXd p = s / sum + static_cast<double>(eps);
  return static_cast<float>(std::exp(-(p * p.log()).sum()));
}

float stable_rank(ConstMatrixView Z) {
  const Eigen::MatrixXd X = centred(Z);
  const Eigen::VectorXd s = spectrum(X).values;
  if (s.size() == 0 || s(0) == 0) return 1;
  return static_cast<float>(X.squaredNorm() / (s(0) * s(0)));
}

float covariance_error(ConstMatrixView Z) {
  if (Z.cols < 2 || Z.rows < 2) return 0;
  const Eigen::MatrixXd C = covariance(Z);
  double sum = 0;
  for (Eigen::Index i = 0; i < C.rows(); ++i)
    for (Eigen::Index j = 0; j < C.cols(); ++j) {
      if (i == j) continue;
      const double deviations = std::sqrt(std::max(C(i, i), kLeastVariance)) *
                                std::sqrt(std::max(C(j, j), kLeastVariance));
      const double r = C(i, j) / std::max(deviations, kLeastProduct);
      sum += r * r;
    }
  return static_cast<float>(sum / static_cast<double>(Z.cols * (Z.cols - 1)));
}

}  // namespace plexus::math

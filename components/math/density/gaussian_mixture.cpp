#include "plexus/components/math/density/gaussian_mixture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/Cholesky>

#include "plexus/core/error.h"
#include "plexus/core/random/permutation.h"
#include "plexus/core/random/samplers.h"

namespace plexus::math {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The lower factor L of Sigma_k = L Lᵀ.
Eigen::MatrixXd factor(const Tensor& Sigma, std::int64_t k) {
  const std::int64_t n = Sigma.shape[1];
  const Eigen::Map<const Matrix> given(Sigma.floats().data() + k * n * n, n, n);
  const Eigen::LLT<Eigen::MatrixXd> llt(given.cast<double>());
  if (llt.info() != Eigen::Success)
    throw Error(Error::Kind::config, {}, "a covariance of the mixture is not positive definite",
                "fit fewer components, or more samples");
  return llt.matrixL();
}

}  // namespace

void GaussianMixture::init_components(ConstMatrixView X) {
  const auto rows = permutation(next_key(), static_cast<std::size_t>(X.rows));
  std::vector<float> means, covariances;
  for (std::int64_t k = 0; k < K(); ++k) {
    const auto row = X.row(static_cast<std::int64_t>(rows[static_cast<std::size_t>(k)]));
    means.insert(means.end(), row.begin(), row.end());
    for (std::int64_t i = 0; i < X.cols * X.cols; ++i)
      covariances.push_back(i % (X.cols + 1) == 0 ? 1.0F : 0.0F);
  }
  mu = {{K(), X.cols}, std::move(means)};
  Sigma = {{K(), X.cols, X.cols}, std::move(covariances)};
}

void GaussianMixture::log_densities(std::int64_t k, ConstMatrixView X,
                                    std::span<double> logs) const {
  const Eigen::MatrixXd L = factor(Sigma, k);
  const double constant = 0.5 * static_cast<double>(X.cols) * std::log(2 * std::numbers::pi) +
                          L.diagonal().array().log().sum();
  const Eigen::Map<const Eigen::VectorXf> mean(ConstMatrixView(mu).row(k).data(), X.cols);
  for (std::int64_t i = 0; i < X.rows; ++i) {
    const Eigen::Map<const Eigen::VectorXf> x(X.row(i).data(), X.cols);
    const Eigen::VectorXd off = x.cast<double>() - mean.cast<double>();
    const Eigen::VectorXd z = L.triangularView<Eigen::Lower>().solve(off);
    logs[static_cast<std::size_t>(i)] = -0.5 * z.squaredNorm() - constant;
  }
}

void GaussianMixture::maximise(std::int64_t k, ConstMatrixView X, std::span<const double> weights,
                               double weight) {
  const std::vector<double> mean = weighted_mean(X, weights, weight);
  const Eigen::Map<const Eigen::VectorXd> centre(mean.data(), X.cols);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(X.cols, X.cols);
  for (std::int64_t i = 0; i < X.rows; ++i) {
    const Eigen::Map<const Eigen::VectorXf> x(X.row(i).data(), X.cols);
    const Eigen::VectorXd off = x.cast<double>() - centre;
    covariance += weights[static_cast<std::size_t>(i)] / weight * off * off.transpose();
  }
  if (diagonal_) covariance = Eigen::MatrixXd(covariance.diagonal().asDiagonal());
  std::ranges::transform(mean, MatrixView(mu).row(k).begin(),
                         [](double m) { return static_cast<float>(m); });
  Eigen::Map<Matrix>(Sigma.floats().data() + k * X.cols * X.cols, X.cols, X.cols) =
      covariance.cast<float>();
}

/// mu + L e, e standard normal.
void GaussianMixture::draw(std::int64_t k, Key key, MatrixView to) const {
  fill_normal(key, 0, to.flat());
  const Eigen::MatrixXf L = factor(Sigma, k).cast<float>();
  const Eigen::Map<const Eigen::VectorXf> mean(ConstMatrixView(mu).row(k).data(), to.cols);
  for (std::int64_t i = 0; i < to.rows; ++i) {
    Eigen::Map<Eigen::VectorXf> x(to.row(i).data(), to.cols);
    x = (mean + L * x).eval();
  }
}

}  // namespace plexus::math

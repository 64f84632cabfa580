#include "plexus/components/math/metrics/errors.h"

#include <cmath>
#include <utility>

#include <Eigen/Cholesky>
#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/in_double.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

double ln(float x) {
  return std::log(static_cast<double>(x));
}

float bounded(float p, float offset) {
  return clip(p, offset, 1 - offset);
}

/// Σ term(a, b) over the columns of each row.
template <class Term>
Scores row_sums(ConstMatrixView a, ConstMatrixView b, const Term& term) {
  if (a.rows != b.rows || a.cols != b.cols)
    throw Error(Error::Kind::shape, {},
                fmt::format("a prediction is ({}, {}), its target ({}, {})", a.rows, a.cols, b.rows,
                            b.cols));
  std::vector<float> each;
  for (std::int64_t i = 0; i < a.rows; ++i) {
    double sum = 0;
    for (std::int64_t j = 0; j < a.cols; ++j) sum += static_cast<double>(term(a(i, j), b(i, j)));
    each.push_back(static_cast<float>(sum));
  }
  return scores(std::move(each));
}

Eigen::LLT<Eigen::MatrixXd> factor(ConstMatrixView Sigma) {
  Eigen::LLT<Eigen::MatrixXd> llt(in_double(Sigma));
  if (llt.info() != Eigen::Success)
    throw Error(Error::Kind::config, {}, "a covariance is not positive definite");
  return llt;
}

double ln_determinant(const Eigen::LLT<Eigen::MatrixXd>& llt) {
  return 2 * llt.matrixLLT().diagonal().array().log().sum();
}

}  // namespace

Scores measure_MSE(ConstMatrixView mu, ConstMatrixView x) {
  return row_sums(mu, x, [](float a, float b) { return (a - b) * (a - b); });
}

Scores measure_RMSE(ConstMatrixView mu, ConstMatrixView x) {
  Scores s = measure_MSE(mu, x);
  for (float& score : s.each) score = std::sqrt(score);
  s.mean = std::sqrt(s.mean);
  return s;
}

Scores measure_MAE(ConstMatrixView shift, ConstMatrixView x) {
  return row_sums(shift, x, [](float a, float b) { return std::fabs(a - b); });
}

Scores measure_CatNLL(ConstMatrixView p, ConstMatrixView x, float offset) {
  return row_sums(p, x, [offset](float q, float target) {
    return -static_cast<double>(target) * ln(bounded(q, offset));
  });
}

Scores measure_BCE(ConstMatrixView p, ConstMatrixView x, float offset) {
  return row_sums(p, x, [offset](float q, float target) {
    const float inside = bounded(q, offset);
    return -(static_cast<double>(target) * ln(inside) +
             static_cast<double>(1 - target) * ln(1 - inside));
  });
}

Scores measure_KLD(ConstMatrixView p_xHat, ConstMatrixView p_x) {
  const auto cols = static_cast<double>(p_x.cols);
  return row_sums(p_xHat, p_x, [cols](float predicted, float given) {
    constexpr float kOffset = 1e-6F;
    const float q = bounded(predicted, kOffset), p = bounded(given, kOffset);
    return static_cast<double>(p) * (ln(p) - ln(q)) / cols;
  });
}

float measure_gaussian_KLD(ConstMatrixView mu1, ConstMatrixView Sigma1, ConstMatrixView mu2,
                           ConstMatrixView Sigma2) {
  const std::int64_t n = mu1.cols;
  const auto require = [&](const char* what, ConstMatrixView m, std::int64_t rows) {
    if (m.rows != rows || m.cols != n)
      throw Error(
          Error::Kind::shape, {},
          fmt::format("{} has shape ({}, {}); expected ({}, {})", what, m.rows, m.cols, rows, n));
  };
  require("mu1", mu1, 1);
  require("mu2", mu2, 1);
  require("Sigma1", Sigma1, n);
  require("Sigma2", Sigma2, n);
  const auto first = factor(Sigma1), second = factor(Sigma2);
  const Eigen::VectorXd z = (in_double(mu2) - in_double(mu1)).transpose();
  const double trace = second.solve(in_double(Sigma1)).trace();
  const double square = z.dot(second.solve(z));
  return static_cast<float>(0.5 * (ln_determinant(second) - ln_determinant(first) + trace + square -
                                   static_cast<double>(n)));
}

float measure_BIC(std::size_t n_data, int n_model_params, float score, bool is_log) {
  const double likelihood = is_log ? static_cast<double>(score) : ln(score);
  return static_cast<float>(-2 * likelihood +
                            std::log(static_cast<double>(n_data)) * n_model_params);
}

}  // namespace plexus::math

#pragma once

#include "plexus/components/math/density/mixture.h"

namespace plexus::math {

/// A mixture of products of exponentials, Π_j rate_kj exp(-rate_kj x_j). Starts at one over the
/// samples' mean, and at even weights, both jittered by up to 1 %. Its log-likelihood is, as
/// ngc-learn reports it, the expected complete one: Σ_k responsibility_k ln pi_k p_k of each
/// sample.
class ExponentialMixture final : public Mixture {
 public:
  explicit ExponentialMixture(int K, Key key, int max_iter = 50) : Mixture(K, max_iter, key) {}

  Tensor rate{{0, 0}, std::vector<float>{}};  // (K, D)

 private:
  [[nodiscard]] const Tensor& location() const override { return rate; }
  void init_components(ConstMatrixView X) override;
  void log_densities(std::int64_t k, ConstMatrixView X, std::span<double> logs) const override;
  void maximise(std::int64_t k, ConstMatrixView X, std::span<const double> weights,
                double weight) override;
  [[nodiscard]] double report(const Expectation& e, std::size_t i) const override;
  void draw(std::int64_t k, Key key, MatrixView to) const override;
};

}  // namespace plexus::math

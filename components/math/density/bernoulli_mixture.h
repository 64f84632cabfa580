#pragma once

#include "plexus/components/math/density/mixture.h"

namespace plexus::math {

/// A mixture of products of Bernoulli variables, Π_j mu_kj^x_j (1 - mu_kj)^(1 - x_j). Starts at mu
/// uniform in [0, 0.9).
class BernoulliMixture final : public Mixture {
 public:
  explicit BernoulliMixture(int K, Key key, int max_iter = 50) : Mixture(K, max_iter, key) {}

  Tensor mu{{0, 0}, std::vector<float>{}};  // (K, D)

 private:
  [[nodiscard]] const Tensor& location() const override { return mu; }
  void init_components(ConstMatrixView X) override;
  void log_densities(std::int64_t k, ConstMatrixView X, std::span<double> logs) const override;
  void maximise(std::int64_t k, ConstMatrixView X, std::span<const double> weights,
                double weight) override;
  void draw(std::int64_t k, Key key, MatrixView to) const override;
};

}  // namespace plexus::math

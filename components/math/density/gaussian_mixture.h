#pragma once

#include "plexus/components/math/density/mixture.h"

namespace plexus::math {

/// A mixture of Gaussians N(x; mu_k, Sigma_k). Starts at K of the samples with Sigma = I.
class GaussianMixture final : public Mixture {
 public:
  /// With `assume_diag_cov` updates keep the diagonal of Sigma alone.
  explicit GaussianMixture(int K, Key key, int max_iter = 50, bool assume_diag_cov = false)
      : Mixture(K, max_iter, key), diagonal_(assume_diag_cov) {}

  Tensor mu{{0, 0}, std::vector<float>{}};        // (K, D)
  Tensor Sigma{{0, 0, 0}, std::vector<float>{}};  // (K, D, D)

 private:
  [[nodiscard]] const Tensor& location() const override { return mu; }
  void init_components(ConstMatrixView X) override;
  void log_densities(std::int64_t k, ConstMatrixView X, std::span<double> logs) const override;
  void maximise(std::int64_t k, ConstMatrixView X, std::span<const double> weights,
                double weight) override;
  void draw(std::int64_t k, Key key, MatrixView to) const override;

  bool diagonal_;
};

}  // namespace plexus::math

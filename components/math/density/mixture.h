#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plexus/components/math/matrix_view.h"
#include "plexus/core/random/threefry.h"
#include "plexus/core/tensor.h"

namespace plexus::math {

struct LogLikelihood {
  std::vector<float> rows;  // of each sample
  float total;
};

/// A mixture of K densities p_k with weights pi, fitted to samples, one a row, by expectation
/// maximisation. Responsibilities are computed from logarithms, so that small densities do not
/// vanish. Methods have the names of ngc-learn's mixtures.
class Mixture {
 public:
  virtual ~Mixture() = default;

  /// First values, from the samples and the key.
  void init(ConstMatrixView X);
  /// Updates until the means (or rates) move by less than `tol` in all, or max_iter times; returns
  /// how often.
  int fit(ConstMatrixView X, float tol = 1e-3F);
  /// One step of expectation and maximisation. A component that no sample belongs to stays.
  void update(ConstMatrixView X);
  [[nodiscard]] LogLikelihood calc_log_likelihood(ConstMatrixView X) const;
  /// The probability of each component for each sample, (N, K).
  [[nodiscard]] Tensor responsibilities(ConstMatrixView X) const;
  /// `n` draws, (n, D): from the components by their weights, those of one side by side; or from
  /// `component` alone.
  [[nodiscard]] Tensor sample(int n, int component = -1);

  Tensor pi;  // (1, K)

 protected:
  /// Throws Error: config, unless K and max_iter are positive.
  Mixture(int K, int max_iter, Key key);

  [[nodiscard]] std::int64_t K() const { return pi.shape[1]; }
  Key next_key();

  /// What moves in fit(): means or rates, (K, D).
  [[nodiscard]] virtual const Tensor& location() const = 0;
  virtual void init_components(ConstMatrixView X) = 0;
  /// ln p_k of each sample.
  virtual void log_densities(std::int64_t k, ConstMatrixView X, std::span<double> logs) const = 0;
  /// Component k from samples that have these weights, whose sum, `weight`, is above 0.
  virtual void maximise(std::int64_t k, ConstMatrixView X, std::span<const double> weights,
                        double weight) = 0;
  virtual void draw(std::int64_t k, Key key, MatrixView to) const = 0;

  /// Of n samples: ln pi_k p_k and the probabilities of the components, (K, n), and their ln p.
  struct Expectation {
    std::size_t n;
    std::vector<double> log_joint, responsibilities, log_likelihood;
  };
  [[nodiscard]] Expectation expect(ConstMatrixView X) const;
  /// What calc_log_likelihood reports of sample i.
  [[nodiscard]] virtual double report(const Expectation& e, std::size_t i) const {
    return e.log_likelihood[i];
  }

 private:
  int max_iter_;
  Key key_;
};

/// Σ_i w_i x_i / Σ_i w_i.
std::vector<double> weighted_mean(ConstMatrixView X, std::span<const double> weights,
                                  double weight);

}  // namespace plexus::math

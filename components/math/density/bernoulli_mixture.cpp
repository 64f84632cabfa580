#include "plexus/components/math/density/bernoulli_mixture.h"

#include <algorithm>
#include <cmath>

#include "plexus/core/random/samplers.h"

namespace plexus::math {

void BernoulliMixture::init_components(ConstMatrixView X) {
  std::vector<float> means(static_cast<std::size_t>(K() * X.cols));
  fill_uniform(next_key(), 0, means, 0, 0.9F);
  mu = {{K(), X.cols}, std::move(means)};
}

/// What cannot happen, and does not, adds nothing.
void BernoulliMixture::log_densities(std::int64_t k, ConstMatrixView X,
                                     std::span<double> logs) const {
  const auto term = [](double share, double p) { return share == 0 ? 0 : share * std::log(p); };
  for (std::int64_t i = 0; i < X.rows; ++i) {
    double sum = 0;
    for (std::int64_t j = 0; j < X.cols; ++j) {
      const auto p = static_cast<double>(ConstMatrixView(mu)(k, j)),
                 on = static_cast<double>(X(i, j));
      sum += term(on, p) + term(1 - on, 1 - p);
    }
    logs[static_cast<std::size_t>(i)] = sum;
  }
}

void BernoulliMixture::maximise(std::int64_t k, ConstMatrixView X, std::span<const double> weights,
                                double weight) {
  std::ranges::transform(weighted_mean(X, weights, weight), MatrixView(mu).row(k).begin(),
                         [](double m) { return static_cast<float>(m); });
}

void BernoulliMixture::draw(std::int64_t k, Key key, MatrixView to) const {
  fill_uniform(key, 0, to.flat());
  for (std::int64_t i = 0; i < to.rows; ++i)
    for (std::int64_t j = 0; j < to.cols; ++j)
      to(i, j) = to(i, j) < ConstMatrixView(mu)(k, j) ? 1.0F : 0.0F;
}

}  // namespace plexus::math

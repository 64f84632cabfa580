#include "plexus/components/math/density/exponential_mixture.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plexus/core/random/samplers.h"

namespace plexus::math {

void ExponentialMixture::init_components(ConstMatrixView X) {
  const auto jitter = [&](std::span<float> values) {
    fill_uniform(next_key(), 0, values, 0.99F, 1.01F);
  };
  jitter(pi.floats());
  const float sum = std::accumulate(pi.floats().begin(), pi.floats().end(), 0.0F);
  for (float& p : pi.floats()) p /= sum;

  const auto all = X.flat();
  const double mean = std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(X.size());
  std::vector<float> rates(static_cast<std::size_t>(K() * X.cols));
  jitter(rates);
  for (float& r : rates) r /= static_cast<float>(mean);
  rate = {{K(), X.cols}, std::move(rates)};
}

void ExponentialMixture::log_densities(std::int64_t k, ConstMatrixView X,
                                       std::span<double> logs) const {
  for (std::int64_t i = 0; i < X.rows; ++i) {
    double sum = 0;
    for (std::int64_t j = 0; j < X.cols; ++j) {
      const auto r = static_cast<double>(ConstMatrixView(rate)(k, j));
      sum += std::log(r) - r * static_cast<double>(X(i, j));
    }
    logs[static_cast<std::size_t>(i)] = sum;
  }
}

double ExponentialMixture::report(const Expectation& e, std::size_t i) const {
  double sum = 0;
  for (std::size_t place = i; place < e.log_joint.size(); place += e.n)
    sum += e.responsibilities[place] * e.log_joint[place];
  return sum;
}

void ExponentialMixture::maximise(std::int64_t k, ConstMatrixView X,
                                  std::span<const double> weights, double weight) {
  std::ranges::transform(weighted_mean(X, weights, weight), MatrixView(rate).row(k).begin(),
                         [](double m) { return static_cast<float>(1 / m); });
}

void ExponentialMixture::draw(std::int64_t k, Key key, MatrixView to) const {
  fill_exponential(key, 0, to.flat());
  for (std::int64_t i = 0; i < to.rows; ++i)
    for (std::int64_t j = 0; j < to.cols; ++j) to(i, j) /= ConstMatrixView(rate)(k, j);
}

}  // namespace plexus::math

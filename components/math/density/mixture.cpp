#include "plexus/components/math/density/mixture.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/random/key.h"
#include "plexus/core/random/samplers.h"

namespace plexus::math {

Mixture::Mixture(int K, int max_iter, Key key) : max_iter_(max_iter), key_(key) {
  if (K <= 0 || max_iter <= 0)
    throw Error(Error::Kind::config, {},
                fmt::format("a mixture of {} components, fitted {} times", K, max_iter),
                "give it at least one of both");
  pi = {{1, K}, std::vector<float>(static_cast<std::size_t>(K), 1 / static_cast<float>(K))};
}

Key Mixture::next_key() {
  const auto [next, drawn] = split(key_);
  key_ = next;
  return drawn;
}

void Mixture::init(ConstMatrixView X) {
  if (X.rows < K())
    throw Error(Error::Kind::shape, {},
                fmt::format("{} samples for a mixture of {} components", X.rows, K()),
                "give it at least as many");
  std::ranges::fill(pi.floats(), 1 / static_cast<float>(K()));
  init_components(X);
}

int Mixture::fit(ConstMatrixView X, float tol) {
  for (int i = 1; i <= max_iter_; ++i) {
    const Tensor before = location();
    update(X);
    double squares = 0;
    for (std::size_t j = 0; j < before.size(); ++j)
      squares += std::pow(static_cast<double>(location().floats()[j] - before.floats()[j]), 2);
    if (std::sqrt(squares) < static_cast<double>(tol)) return i;
  }
  return max_iter_;
}

Mixture::Expectation Mixture::expect(ConstMatrixView X) const {
  if (X.cols != location().shape.cols())
    throw Error(
        Error::Kind::shape, {},
        fmt::format("samples of {} values met a mixture over {}", X.cols, location().shape.cols()),
        "run init with samples of this length first");
  const auto n = static_cast<std::size_t>(X.rows), components = static_cast<std::size_t>(K());
  Expectation e{n, std::vector<double>(components * n), {}, {}};
  for (std::size_t k = 0; k < components; ++k) {
    const auto logs = std::span{e.log_joint}.subspan(k * n, n);
    log_densities(static_cast<std::int64_t>(k), X, logs);
    for (double& l : logs) l += std::log(static_cast<double>(pi.floats()[k]));
  }
  e.responsibilities = e.log_joint;
  for (std::size_t i = 0; i < n; ++i) {
    double largest = e.log_joint[i], sum = 0;
    for (std::size_t k = 1; k < components; ++k)
      largest = std::max(largest, e.log_joint[k * n + i]);
    for (std::size_t k = 0; k < components; ++k) sum += std::exp(e.log_joint[k * n + i] - largest);
    e.log_likelihood.push_back(largest + std::log(sum));
    for (std::size_t k = 0; k < components; ++k) {
      double& share = e.responsibilities[k * n + i];
      share = std::exp(share - e.log_likelihood[i]);
    }
  }
  return e;
}

LogLikelihood Mixture::calc_log_likelihood(ConstMatrixView X) const {
  const Expectation e = expect(X);
  LogLikelihood l{};
  double total = 0;
  for (std::size_t i = 0; i < e.n; ++i) {
    const double row = report(e, i);
    l.rows.push_back(static_cast<float>(row));
    total += row;
  }
  l.total = static_cast<float>(total);
  return l;
}

Tensor Mixture::responsibilities(ConstMatrixView X) const {
  const Expectation e = expect(X);
  const auto components = static_cast<std::size_t>(K());
  std::vector<float> all;
  for (std::size_t i = 0; i < e.n; ++i)
    for (std::size_t k = 0; k < components; ++k)
      all.push_back(static_cast<float>(e.responsibilities[k * e.n + i]));
  return {{X.rows, K()}, std::move(all)};
}

void Mixture::update(ConstMatrixView X) {
  const Expectation e = expect(X);
  for (std::int64_t k = 0; k < K(); ++k) {
    const auto place = static_cast<std::size_t>(k);
    const auto weights = std::span{e.responsibilities}.subspan(place * e.n, e.n);
    const double weight = std::accumulate(weights.begin(), weights.end(), 0.0);
    pi.floats()[place] = static_cast<float>(weight / static_cast<double>(X.rows));
    if (weight > 0) maximise(k, X, weights, weight);
  }
}

Tensor Mixture::sample(int n, int component) {
  if (n < 0 || component >= K())
    throw Error(Error::Kind::config, {},
                fmt::format("{} draws from component {} of {}", n, component, K()));
  std::vector<std::int32_t> chosen(static_cast<std::size_t>(n), component);
  if (component < 0) {
    std::vector<float> logits;
    for (const float p : pi.floats()) logits.push_back(std::log(p));
    fill_categorical(next_key(), 0, chosen, logits);
  }
  const std::int64_t cols = location().shape.cols();
  std::vector<float> values(static_cast<std::size_t>(n * cols));
  float* to = values.data();
  for (std::int64_t k = 0; k < K(); ++k) {
    const auto count = static_cast<std::int64_t>(std::ranges::count(chosen, k));
    draw(k, next_key(), {to, count, cols});
    to += count * cols;
  }
  return {{n, cols}, std::move(values)};
}

std::vector<double> weighted_mean(ConstMatrixView X, std::span<const double> weights,
                                  double weight) {
  std::vector<double> mean(static_cast<std::size_t>(X.cols));
  for (std::int64_t i = 0; i < X.rows; ++i)
    for (std::int64_t j = 0; j < X.cols; ++j)
      mean[static_cast<std::size_t>(j)] +=
          weights[static_cast<std::size_t>(i)] / weight * static_cast<double>(X(i, j));
  return mean;
}

}  // namespace plexus::math

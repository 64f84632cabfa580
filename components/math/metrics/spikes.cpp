#include "plexus/components/math/metrics/spikes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

struct Moments {
  double mean, variance;  // of the population
};

template <class Value>
Moments moments(std::int64_t n, const Value& value) {
  double sum = 0, squares = 0;
  for (std::int64_t i = 0; i < n; ++i) sum += value(i);
  const double mean = sum / static_cast<double>(n);
  for (std::int64_t i = 0; i < n; ++i) squares += (value(i) - mean) * (value(i) - mean);
  return {mean, squares / static_cast<double>(n)};
}

Moments moments_of_column(ConstMatrixView x, std::int64_t j) {
  return moments(x.rows, [&](std::int64_t i) { return static_cast<double>(x(i, j)); });
}

/// Element (i, j, k) of an array with three axes, in double.
double at(const Tensor& x, std::int64_t i, std::int64_t j, std::int64_t k) {
  return static_cast<double>(
      x.floats()[static_cast<std::size_t>((i * x.shape[1] + j) * x.shape[2] + k)]);
}

void require_three_axes(const Tensor& x, const char* axes) {
  if (x.shape.rank() != 3)
    throw Error(Error::Kind::shape, {},
                fmt::format("signals have shape {}; expected {}", to_string(x.shape), axes));
}

}  // namespace

Scores measure_firingRate(ConstMatrixView spikes) {
  std::vector<float> each;
  for (std::int64_t j = 0; j < spikes.cols; ++j)
    each.push_back(static_cast<float>(moments_of_column(spikes, j).mean));
  return scores(std::move(each));
}

Scores measure_fanoFactor(ConstMatrixView spikes) {
  std::vector<float> each;
  for (std::int64_t j = 0; j < spikes.cols; ++j) {
    const Moments m = moments_of_column(spikes, j);
    each.push_back(static_cast<float>(m.variance / m.mean));
  }
  return scores(std::move(each));
}

Workload measure_workload_entropy(ConstMatrixView counts) {
  std::vector<float> totals;
  for (std::int64_t j = 0; j < counts.cols; ++j)
    totals.push_back(
        static_cast<float>(moments_of_column(counts, j).mean * static_cast<double>(counts.rows)));
  const auto [least, most] = std::ranges::minmax(totals);
  const float mean = scores(totals).mean;
  const double all = static_cast<double>(mean) * static_cast<double>(totals.size());
  double entropy = 0;
  for (const float total : totals)
    if (total > 0 && all > 0) {
      const double share = static_cast<double>(total) / all;
      entropy -= share * std::log2(share);
    }
  return {least, most, mean, static_cast<float>(entropy),
          static_cast<std::size_t>(std::ranges::count(totals, 0.0F))};
}

Scores measure_breadthOfTuningCurve(const Tensor& responses) {
  require_three_axes(responses, "(trials, conditions, neurons)");
  const std::int64_t trials = responses.shape[0];
  std::vector<float> each;
  for (std::int64_t k = 0; k < responses.shape[2]; ++k) {
    const Moments m = moments(responses.shape[1], [&](std::int64_t j) {
      return moments(trials, [&](std::int64_t i) { return at(responses, i, j, k); }).mean;
    });
    const double c = m.variance / m.mean;
    each.push_back(m.mean == 0 ? 0.0F : static_cast<float>(1 / (1 + c * c)));
  }
  return scores(std::move(each));
}

Scores measure_Pearson_correlation(const Tensor& a, const Tensor& b) {
  require_three_axes(a, "(samples, steps, neurons)");
  if (a.shape != b.shape)
    throw Error(
        Error::Kind::shape, {},
        fmt::format("signals have shapes {} and {}", to_string(a.shape), to_string(b.shape)));
  const std::int64_t steps = a.shape[1], neurons = a.shape[2];
  std::vector<float> each;
  for (std::int64_t i = 0; i < a.shape[0]; ++i) {
    double sum = 0;
    for (std::int64_t k = 0; k < neurons; ++k) {
      const Moments of_a = moments(steps, [&](std::int64_t t) { return at(a, i, t, k); });
      const Moments of_b = moments(steps, [&](std::int64_t t) { return at(b, i, t, k); });
      const double together = moments(steps, [&](std::int64_t t) {
                                return (at(a, i, t, k) - of_a.mean) * (at(b, i, t, k) - of_b.mean);
                              }).mean;
      const double scale = std::sqrt(of_a.variance * of_b.variance);
      if (scale > 0) sum += together / scale;
    }
    each.push_back(static_cast<float>(sum / static_cast<double>(neurons)));
  }
  return scores(std::move(each));
}

}  // namespace plexus::math

#include "plexus/components/math/statistics.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

template <class T>
std::optional<TensorStats> statistics(std::span<const T> x) {
  if (x.empty()) return {};
  const auto n = static_cast<double>(x.size());
  double sum = 0, squares = 0;
  double lowest = INFINITY, highest = -INFINITY;
  for (const T v : x) {
    const auto value = static_cast<double>(v);
    sum += value;
    lowest = min(lowest, value);
    highest = max(highest, value);
  }
  const double mean = sum / n;
  for (const T v : x) {
    const double deviation = static_cast<double>(v) - mean;
    squares += deviation * deviation;
  }
  const double magnitude = max(std::fabs(lowest), std::fabs(highest));
  return TensorStats{mean, std::sqrt(squares / n), magnitude, lowest, highest};
}

float row_mean(std::span<const float> row) {
  float sum = 0;
  for (const float v : row) sum += v;
  return sum / static_cast<float>(row.size());
}

}  // namespace

std::optional<TensorStats> tensorstats(std::span<const float> x) {
  return statistics(x);
}

std::optional<TensorStats> tensorstats(const Tensor& x) {
  return std::visit([](const auto& values) { return statistics(std::span{values}); }, x.values);
}

std::size_t argmax(std::span<const float> x) {
  std::size_t best = 0;
  for (std::size_t j = 1; j < x.size(); ++j)
    if (x[j] > x[best] || (x[j] != x[j] && x[best] == x[best])) best = j;
  return best;
}

void one_hot(ConstMatrixView x, MatrixView y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const std::size_t winner = argmax(x.row(i));
    std::ranges::fill(y.row(i), 0.0F);
    y.row(i)[winner] = 1;
  }
}

std::vector<float> chebyshev_norm(ConstMatrixView x, int axis) {
  if (axis < -1 || axis > 1)
    throw Error{Error::Kind::config,
                {},
                fmt::format("a matrix has no axis {}", axis),
                "give 0 for columns, 1 or -1 for rows"};
  const bool columns = axis == 0;
  std::vector<float> norms(static_cast<std::size_t>(columns ? x.cols : x.rows));
  for (std::int64_t i = 0; i < x.rows; ++i)
    for (std::int64_t j = 0; j < x.cols; ++j) {
      float& norm = norms[static_cast<std::size_t>(columns ? j : i)];
      norm = max(norm, abs(x(i, j)));
    }
  return norms;
}

void layer_normalize(ConstMatrixView x, float shift, float scale, MatrixView y) {
  constexpr float kSmallestVariance = 1e-6F;
  float squares = 0;
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float mean = row_mean(x.row(i));
    std::ranges::transform(x.row(i), y.row(i).begin(), [=](float v) { return v - mean; });
    for (const float deviation : y.row(i)) squares += deviation * deviation;
  }
  const float variance = squares / static_cast<float>(x.size());
  const float sd = sqrt(max(variance, kSmallestVariance));
  for (float& deviation : y.flat()) deviation = deviation / sd * scale + shift;
}

}  // namespace plexus::math

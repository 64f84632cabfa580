#include "plexus/components/math/softmax.h"

#include <vector>

#include "plexus/components/math/elementary.h"

namespace plexus::math {
namespace {

float rate(float tau) {
  return 1 / (tau > 0 ? tau : 1.0F);
}

}  // namespace

void softmax(ConstMatrixView x, float tau, MatrixView y) {
  const float scale = rate(tau);
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const auto from = x.row(i);
    const auto to = y.row(i);

    // Less the largest, so that exp does not overflow.
    float largest = -INFINITY;
    for (std::size_t j = 0; j < from.size(); ++j) {
      to[j] = from[j] * scale;
      largest = max(largest, to[j]);
    }
    float sum = 0;
    for (float& v : to) {
      v = exp(v - largest);
      sum += v;
    }
    for (float& v : to) v /= sum;
  }
}

Tensor d_softmax(ConstMatrixView x, float tau) {
  const float scale = rate(tau);
  const auto n = x.cols;
  std::vector<float> s(static_cast<std::size_t>(x.size()));
  const MatrixView activity{s.data(), x.rows, n};
  softmax(x, tau, activity);

  std::vector<float> jacobians;
  jacobians.reserve(static_cast<std::size_t>(x.size() * n));
  for (std::int64_t b = 0; b < x.rows; ++b)
    for (std::int64_t i = 0; i < n; ++i)
      for (std::int64_t j = 0; j < n; ++j) {
        const float diagonal = i == j ? activity(b, i) : 0.0F;
        jacobians.push_back((diagonal - activity(b, i) * activity(b, j)) * scale);
      }
  return {{x.rows, n, n}, std::move(jacobians)};
}

}  // namespace plexus::math

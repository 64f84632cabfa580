#include "plexus/components/math/softmax.h"

#include <cmath>
#include <vector>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/sum.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/kernels/widest.h"

namespace plexus::math {
namespace {

float rate(float tau) {
  return 1 / (tau > 0 ? tau : 1.0F);
}

/// The largest of n values, 16 side by side. It passes over NaNs, which show in the sum.
[[gnu::always_inline]] inline float largest_of(const float* x, std::int64_t n) {
  constexpr std::int64_t kLanes = 16;
  const auto larger = [](float a, float b) { return b > a ? b : a; };
  float lanes[kLanes];
  for (float& lane : lanes) lane = -INFINITY;
  std::int64_t j = 0;
  for (; j + kLanes <= n; j += kLanes)
    for (std::int64_t lane = 0; lane < kLanes; ++lane)
      lanes[lane] = larger(lanes[lane], x[j + lane]);
  for (; j < n; ++j) lanes[0] = larger(lanes[0], x[j]);
  float largest = -INFINITY;
  for (const float lane : lanes) largest = larger(largest, lane);
  return largest;
}

[[gnu::always_inline]] inline void softmax_row(const float* x, float scale, float* y,
                                               std::int64_t n) {
  PLEXUS_VECTORISE
  for (std::int64_t j = 0; j < n; ++j) y[j] = x[j] * scale;
  const float largest = largest_of(y, n);  // less it, exp does not overflow
  for (std::int64_t j = 0; j < n; ++j) y[j] = exp(y[j] - largest);
  const float total = sum(0, n, [y](std::int64_t j) { return y[j]; });
  for (std::int64_t j = 0; j < n; ++j) y[j] /= total;
}

}  // namespace

void softmax(ConstMatrixView x, float tau, MatrixView y) {
  const float scale = rate(tau);
  plexus::detail::run_widest([=]() __attribute__((always_inline)) {
    for (std::int64_t i = 0; i < x.rows; ++i)
      softmax_row(x.row(i).data(), scale, y.row(i).data(), x.cols);
  });
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

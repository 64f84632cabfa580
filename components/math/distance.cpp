#include "plexus/components/math/distance.h"

#include <algorithm>
#include <cmath>

#include "plexus/components/math/elementary.h"

namespace plexus::math {
namespace {

/// d_bn = `last` of `next` folded over the inputs, all templates side by side.
template <class Next, class Last>
void fold(ConstMatrixView x, ConstMatrixView W, MatrixView d, const Next& next, const Last& last) {
  for (std::int64_t b = 0; b < x.rows; ++b) {
    const auto row = d.row(b);
    std::ranges::fill(row, 0.0F);
    for (std::int64_t i = 0; i < x.cols; ++i) {
      const float xi = x(b, i);
      const auto w = W.row(i);
      for (std::size_t n = 0; n < row.size(); ++n) row[n] = next(row[n], xi, w[n]);
    }
    for (float& value : row) value = last(value);
  }
}

}  // namespace

void minkowski_distance(ConstMatrixView x, ConstMatrixView W, float order, MatrixView d) {
  const auto as_is = [](float sum) { return sum; };
  if (order == 2)
    fold(
        x, W, d, [](float sum, float a, float w) { return sum + (a - w) * (a - w); },
        [](float sum) { return sqrt(sum); });
  else if (order == 1)
    fold(
        x, W, d, [](float sum, float a, float w) { return sum + abs(a - w); }, as_is);
  else if (order == 0)
    fold(
        x, W, d, [](float sum, float a, float w) { return sum + truth(a != w); }, as_is);
  else if (std::isinf(order))
    fold(
        x, W, d, [](float most, float a, float w) { return max(most, abs(a - w)); }, as_is);
  else
    fold(
        x, W, d, [order](float sum, float a, float w) { return sum + std::pow(abs(a - w), order); },
        [order](float sum) { return std::pow(sum, 1 / order); });
}

void cosine_distance(ConstMatrixView x, ConstMatrixView W, MatrixView d) {
  fold(
      x, W, d, [](float sum, float a, float w) { return sum + a * w; },
      [](float sum) { return sum; });
  for (std::int64_t n = 0; n < W.cols; ++n) {
    float square = 0;
    for (std::int64_t i = 0; i < W.rows; ++i) square += W(i, n) * W(i, n);
    for (std::int64_t b = 0; b < x.rows; ++b) d(b, n) /= sqrt(square);
  }
  for (std::int64_t b = 0; b < x.rows; ++b) {
    float square = 0;
    for (const float value : x.row(b)) square += value * value;
    for (float& value : d.row(b)) value = 1 - value / sqrt(square);
  }
}

}  // namespace plexus::math

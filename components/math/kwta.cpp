#include "plexus/components/math/kwta.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

/// A total order in which NaN is the largest.
bool larger(float a, float b) {
  return a > b || (a != a && b == b);
}

void check_winners(std::int64_t k, std::int64_t units) {
  if (k < 1 || k > units)
    throw Error{Error::Kind::shape,
                {},
                fmt::format("cannot choose {} winners among {} units", k, units),
                fmt::format("give a k between 1 and {}, or more units", units)};
}

void check_masks(ConstMatrixView x, ConstMatrixView masks) {
  if (masks.cols != x.cols)
    throw Error{Error::Kind::shape,
                {},
                fmt::format("masks of width {} do not fit {} units", masks.cols, x.cols),
                "give one row a group, with one entry a unit"};
}

/// One sample as one group sees it: units outside the group lose to all.
void mask_row(std::span<const float> x, std::span<const float> mask, float loser,
              std::span<float> seen) {
  for (std::size_t j = 0; j < x.size(); ++j) seen[j] = mask[j] > 0 ? x[j] : loser;
}

float one_below_all(ConstMatrixView x) {
  float smallest = INFINITY;
  for (const float v : x.flat()) smallest = min(smallest, v);
  return smallest - 1;
}

/// y = won(x_j, weakest), where `weakest` is the weakest of all groups' k winners in a sample.
void among_winners(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y, auto won) {
  check_winners(k, x.cols);
  check_masks(x, masks);
  const float loser = one_below_all(x);
  std::vector<float> seen(static_cast<std::size_t>(x.cols));
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float weakest = INFINITY;
    for (std::int64_t g = 0; g < masks.rows; ++g) {
      mask_row(x.row(i), masks.row(g), loser, seen);
      weakest = min(weakest, kth_largest(seen, k));
    }
    std::ranges::transform(x.row(i), y.row(i).begin(), [&](float v) { return won(v, weakest); });
  }
}

/// The value at `position` (from 0, fractions between neighbours) of the sorted values.
float quantile(std::span<float> values, float position) {
  std::ranges::sort(values, [](float a, float b) { return larger(b, a); });
  const float below = std::floor(position), above = std::ceil(position);
  const float weight = position - below;
  return values[static_cast<std::size_t>(below)] * (1 - weight) +
         values[static_cast<std::size_t>(above)] * weight;
}

/// y = value(x_j, number of groups in which unit j reaches the quantile (D − k)/D).
void above_quantile(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y, auto value) {
  check_winners(k, x.cols);
  check_masks(x, masks);
  const auto D = static_cast<double>(x.cols);
  const float position = static_cast<float>((D - k) / D) * static_cast<float>(D - 1);
  const float loser = one_below_all(x);
  std::vector<float> seen(static_cast<std::size_t>(x.cols)), sorted, wins(seen.size());
  for (std::int64_t i = 0; i < x.rows; ++i) {
    std::ranges::fill(wins, 0.0F);
    for (std::int64_t g = 0; g < masks.rows; ++g) {
      mask_row(x.row(i), masks.row(g), loser, seen);
      sorted = seen;
      const float thr = quantile(sorted, position);
      for (std::size_t j = 0; j < seen.size(); ++j) wins[j] += truth(seen[j] >= thr);
    }
    std::ranges::transform(x.row(i), wins, y.row(i).begin(), value);
  }
}

}  // namespace

float kth_largest(std::span<const float> values, int k) {
  check_winners(k, static_cast<std::int64_t>(values.size()));

  // The best so far, largest first. Few winners, the usual case, need no memory from the heap.
  constexpr std::size_t kFew = 16;
  const auto n = static_cast<std::size_t>(k);
  std::array<float, kFew> few{};
  std::vector<float> many(n > kFew ? n : 0);
  const std::span<float> best{n > kFew ? many.data() : few.data(), n};

  std::size_t filled = 0;
  for (const float v : values) {
    if (filled == n && !larger(v, best[n - 1])) continue;
    std::size_t place = filled < n ? filled++ : n - 1;
    for (; place > 0 && larger(v, best[place - 1]); --place) best[place] = best[place - 1];
    best[place] = v;
  }
  return best[n - 1];
}

void bkwta(ConstMatrixView x, int k, MatrixView y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float weakest = kth_largest(x.row(i), k);
    std::ranges::transform(x.row(i), y.row(i).begin(),
                           [=](float v) { return truth(v >= weakest); });
  }
}

void lkwta(ConstMatrixView x, ConstMatrixView masks, int k, float bound, MatrixView y) {
  among_winners(x, masks, k, y, [bound](float v, float weakest) {
    const float kept = v < weakest ? 0.0F : v;
    return bound > 0 ? clip(kept, -bound, bound) : kept;
  });
}

void d_lkwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y) {
  among_winners(x, masks, k, y, [](float v, float weakest) { return truth(v >= weakest); });
}

void kwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y) {
  lkwta(x, masks, k, -1, y);
}

void d_kwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y) {
  d_lkwta(x, masks, k, y);
}

void quantile_lkwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y) {
  above_quantile(x, masks, k, y, [](float v, float wins) { return wins == 0 ? 0.0F : v * wins; });
}

void d_quantile_lkwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y) {
  above_quantile(x, masks, k, y, [](float, float wins) { return wins; });
}

void group_mean(ConstMatrixView x, ConstMatrixView masks, MatrixView y) {
  check_masks(x, masks);
  std::vector<float> smeared(static_cast<std::size_t>(x.cols));
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const auto from = x.row(i);
    std::ranges::fill(smeared, 0.0F);
    for (std::int64_t g = 0; g < masks.rows; ++g) {
      const auto mask = masks.row(g);
      float sum = 0, members = 0;
      for (std::size_t j = 0; j < from.size(); ++j) {
        if (!(mask[j] > 0)) continue;
        sum += from[j];
        members += 1;
      }
      for (std::size_t j = 0; j < from.size(); ++j)
        if (mask[j] > 0) smeared[j] += sum / members;
    }
    std::ranges::copy(smeared, y.row(i).begin());
  }
}

}  // namespace plexus::math

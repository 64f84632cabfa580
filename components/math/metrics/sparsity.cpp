#include "plexus/components/math/metrics/sparsity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

namespace plexus::math {
namespace {

constexpr double kTiny = 1e-8;  // keeps denominators from 0

template <class Score>
Scores of_each_row(ConstMatrixView codes, const Score& score) {
  std::vector<float> each;
  for (std::int64_t i = 0; i < codes.rows; ++i)
    each.push_back(static_cast<float>(score(codes.row(i))));
  return scores(std::move(each));
}

/// Σ term(x).
template <class Term>
double total(std::span<const float> code, const Term& term) {
  double sum = 0;
  for (const float x : code) sum += term(static_cast<double>(x));
  return sum;
}

double gini_index(std::span<const float> code) {
  const double raise = total(code, [](double x) { return x; }) <= 0 ? 1 : 0;
  std::vector<double> sizes;
  for (const float x : code) sizes.push_back(std::fabs(static_cast<double>(x) + raise + kTiny));
  std::ranges::sort(sizes);
  const auto n = static_cast<double>(sizes.size());
  double weighted = 0, rank = 1 - n;
  for (const double size : sizes) {
    weighted += rank * size;
    rank += 2;
  }
  return weighted / (n * std::accumulate(sizes.begin(), sizes.end(), 0.0));
}

double hoyer_sparsity(std::span<const float> code) {
  const double l1 = total(code, [](double x) { return std::fabs(x); });
  const double l2 = std::sqrt(total(code, [](double x) { return x * x; }) + kTiny);
  const double root = std::sqrt(static_cast<double>(code.size()));
  return (root - l1 / l2) / (root - 1);
}

double excess_kurtosis(std::span<const float> code) {
  const auto n = static_cast<double>(code.size());
  const double mean = total(code, [](double x) { return x; }) / n;
  const double variance = total(code, [&](double x) { return std::pow(x - mean, 2); }) / n;
  const double fourth = total(code, [&](double x) { return std::pow(x - mean, 4); }) / n;
  return fourth / (variance * variance + kTiny) - 3;
}

}  // namespace

Scores measure_gini_index(ConstMatrixView codes) {
  return of_each_row(codes, gini_index);
}

Scores measure_sparsity(ConstMatrixView codes, float tolerance, bool flip_measure) {
  return of_each_row(codes, [&](std::span<const float> code) {
    const auto active = std::ranges::count_if(code, [&](float x) { return x > tolerance; });
    const double share = static_cast<double>(active) / static_cast<double>(code.size());
    return flip_measure ? 1 - share : share;
  });
}

Scores measure_hoyer_sparsity(ConstMatrixView codes) {
  return of_each_row(codes, hoyer_sparsity);
}

Scores measure_excess_kurtosis(ConstMatrixView codes) {
  return of_each_row(codes, excess_kurtosis);
}

}  // namespace plexus::math

#include "plexus/core/normalize.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

constexpr float kSmallestNorm = 1e-8F;
constexpr std::size_t kStrip = 256;  // columns at a time: their sums stay in the first-level cache

float part(float w, bool euclidean) {
  return euclidean ? w * w : std::fabs(w);
}

float factor(float sum, float wnorm, bool euclidean) {
  const float norm = euclidean ? std::sqrt(sum) : sum;
  return wnorm / (norm < kSmallestNorm ? kSmallestNorm : norm);
}

void normalize_columns(std::span<float> W, std::size_t cols, float wnorm, bool euclidean) {
  std::array<float, kStrip> line;
  for (std::size_t first = 0; first < cols; first += kStrip) {
    const std::size_t n = std::min(kStrip, cols - first);
    line.fill(0);
    for (std::size_t i = first; i < W.size(); i += cols)
      for (std::size_t j = 0; j < n; ++j) line[j] += part(W[i + j], euclidean);
    for (std::size_t j = 0; j < n; ++j) line[j] = factor(line[j], wnorm, euclidean);
    for (std::size_t i = first; i < W.size(); i += cols)
      for (std::size_t j = 0; j < n; ++j) W[i + j] *= line[j];
  }
}

void normalize_rows(std::span<float> W, std::size_t cols, float wnorm, bool euclidean) {
  for (std::size_t i = 0; i < W.size(); i += cols) {
    const auto row = W.subspan(i, cols);
    float sum = 0;
    for (const float w : row) sum += part(w, euclidean);
    const float scale = factor(sum, wnorm, euclidean);
    for (float& w : row) w *= scale;
  }
}

}  // namespace

void normalize(std::span<float> W, std::int64_t rows, std::int64_t cols, float wnorm, int order,
               int axis) {
  if (axis != 0 && axis != 1)
    throw Error{Error::Kind::config,
                {},
                fmt::format("a matrix has no axis {}", axis),
                "give 0 to normalise its columns, 1 for its rows"};
  if (rows < 0 || cols < 0 || static_cast<std::size_t>(rows * cols) != W.size())
    throw Error{Error::Kind::shape,
                {},
                fmt::format("{} values are no matrix of shape ({}, {})", W.size(), rows, cols)};

  const bool euclidean = order == 2;
  const auto width = static_cast<std::size_t>(cols);
  if (axis == 0) {
    normalize_columns(W, width, wnorm, euclidean);
  } else {
    normalize_rows(W, width, wnorm, euclidean);
  }
}

}  // namespace plexus

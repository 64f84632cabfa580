#include "plexus/core/sparse_pattern.h"

#include <algorithm>

#include "plexus/core/random/samplers.h"

namespace plexus {

SparsePattern::SparsePattern(const Shape& shape) : shape_(shape), row_starts_{0} {
  row_starts_.reserve(static_cast<std::size_t>(shape.rows()) + 1);
}

void SparsePattern::add_row(std::span<const float> row) {
  for (std::size_t j = 0; j < row.size(); ++j)
    if (row[j] != 0) columns_.push_back(static_cast<std::uint32_t>(j));
  row_starts_.push_back(static_cast<std::uint32_t>(columns_.size()));
}

SparsePattern SparsePattern::drawn(const Shape& shape, Key key, float p) {
  SparsePattern pattern(shape);
  constexpr double kRoom = 1.05;  // for more than the expected number
  pattern.columns_.reserve(
      static_cast<std::size_t>(static_cast<double>(shape.size()) * static_cast<double>(p) * kRoom));
  std::vector<float> row(static_cast<std::size_t>(shape.cols()));
  for (std::int64_t i = 0; i < shape.rows(); ++i) {
    fill_bernoulli(key, static_cast<std::uint64_t>(i) * row.size(), row, p);
    pattern.add_row(row);
  }
  pattern.columns_.shrink_to_fit();
  return pattern;
}

SparsePattern SparsePattern::of(const Shape& shape, std::span<const float> dense) {
  SparsePattern pattern(shape);
  const auto cols = static_cast<std::size_t>(shape.cols());
  for (std::size_t i = 0; i < static_cast<std::size_t>(shape.rows()); ++i)
    pattern.add_row(dense.subspan(i * cols, cols));
  return pattern;
}

void SparsePattern::spread(std::span<const float> kept, std::span<float> dense) const {
  std::ranges::fill(dense, 0.0F);
  for_each([&](std::size_t k, std::size_t at) { dense[at] = kept[k]; });
}

bool SparsePattern::gather(std::span<const float> dense, std::span<float> kept) const {
  std::size_t non_zeros = 0, found = 0;
  for (const float value : dense) non_zeros += value != 0 ? 1 : 0;
  for_each([&](std::size_t k, std::size_t at) {
    kept[k] = dense[at];
    found += kept[k] != 0 ? 1 : 0;
  });
  return found == non_zeros;
}

}  // namespace plexus

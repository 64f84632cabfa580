#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "plexus/core/random/key.h"
#include "plexus/core/shape.h"

namespace plexus {

/// Which elements of a matrix may differ from 0: row by row, the columns in ascending order. A slot
/// that has one holds the values of these elements alone, in the same order.
class SparsePattern {
 public:
  /// Each element with probability p: element i, counted row by row, where `bernoulli_at(key, i,
  /// p)`. Costs the memory of what it keeps.
  static SparsePattern drawn(const Shape& shape, Key key, float p);
  /// Row by row: `columns_of(i, columns)` appends those of row i, in ascending order.
  template <class ColumnsOf>
  static SparsePattern listed(const Shape& shape, ColumnsOf columns_of) {
    SparsePattern pattern(shape);
    for (std::int64_t i = 0; i < shape.rows(); ++i) {
      columns_of(i, pattern.columns_);
      pattern.row_starts_.push_back(static_cast<std::uint32_t>(pattern.columns_.size()));
    }
    return pattern;
  }
  /// The elements of a matrix that differ from 0.
  static SparsePattern of(const Shape& shape, std::span<const float> dense);

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  /// The number of elements that it keeps.
  [[nodiscard]] std::size_t size() const noexcept { return columns_.size(); }
  /// Where row i starts among them; one more than there are rows.
  [[nodiscard]] std::span<const std::uint32_t> row_starts() const noexcept { return row_starts_; }
  [[nodiscard]] std::span<const std::uint32_t> columns() const noexcept { return columns_; }
  /// Where element k of those kept stands in the matrix, counted row by row.
  template <class Each>
  void for_each(Each each) const {
    for (std::size_t i = 0, k = 0; i + 1 < row_starts_.size(); ++i)
      for (; k < row_starts_[i + 1]; ++k)
        each(k, i * static_cast<std::size_t>(shape_.cols()) + columns_[k]);
  }

  /// The matrix: zeros where nothing is kept.
  void spread(std::span<const float> kept, std::span<float> dense) const;
  /// The kept elements of a matrix. False, and `kept` unspecified, if another one differs from 0.
  [[nodiscard]] bool gather(std::span<const float> dense, std::span<float> kept) const;

 private:
  explicit SparsePattern(const Shape& shape);
  void add_row(std::span<const float> row);

  Shape shape_;
  std::vector<std::uint32_t> row_starts_, columns_;
};

using SharedPattern = std::shared_ptr<const SparsePattern>;

/// Up to this share of non-zeros a matrix is held by them: a non-zero takes the memory of two
/// elements, and the time of about eight, since it is added by itself and not in a vector.
inline constexpr float kSparseShare = 0.125F;
/// Smaller matrices stay whole: they fit a cache with all their zeros.
inline constexpr std::size_t kSparseSize = std::size_t{1} << 16U;

}  // namespace plexus

#pragma once

#include <cstdint>
#include <span>
#include <type_traits>

#include "plexus/core/tensor.h"

namespace plexus::math {

/// A row-major matrix of floats that somebody else owns: a batch has one sample a row.
template <class Float>
struct BasicMatrixView {
  Float* values = nullptr;
  std::int64_t rows = 0, cols = 0;

  constexpr BasicMatrixView() = default;
  constexpr BasicMatrixView(Float* first, std::int64_t n_rows, std::int64_t n_cols)
      : values(first), rows(n_rows), cols(n_cols) {}

  /// All axes but the last are rows.
  template <class SomeTensor>
  requires std::is_same_v<std::remove_const_t<SomeTensor>, Tensor> BasicMatrixView(
      SomeTensor& tensor)  // NOLINT(google-explicit-constructor): a view of it
      : BasicMatrixView(tensor.floats().data(), tensor.shape.rows(), tensor.shape.cols()) {}

  /// Whoever may write may read.
  constexpr operator BasicMatrixView<const Float>() const  // NOLINT(google-explicit-constructor)
      requires(!std::is_const_v<Float>) {
    return {values, rows, cols};
  }

  [[nodiscard]] std::int64_t size() const noexcept { return rows * cols; }
  [[nodiscard]] std::span<Float> flat() const {
    return {values, static_cast<std::size_t>(rows * cols)};
  }
  [[nodiscard]] std::span<Float> row(std::int64_t i) const {
    return {values + i * cols, static_cast<std::size_t>(cols)};
  }
  [[nodiscard]] Float& operator()(std::int64_t i, std::int64_t j) const {
    return values[i * cols + j];
  }
};

using MatrixView = BasicMatrixView<float>;
using ConstMatrixView = BasicMatrixView<const float>;

}  // namespace plexus::math

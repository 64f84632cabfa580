#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace plexus {

/// The extents of an array, row-major; no axes for a scalar.
class Shape {
 public:
  static constexpr std::size_t kMaxRank = 5;

  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents) {
    for (const auto n : extents) push_back(n);
  }

  [[nodiscard]] std::size_t rank() const noexcept { return rank_; }
  [[nodiscard]] std::int64_t operator[](std::size_t axis) const { return extents_[axis]; }
  [[nodiscard]] std::int64_t& operator[](std::size_t axis) { return extents_[axis]; }
  [[nodiscard]] const std::int64_t* begin() const noexcept { return extents_.data(); }
  [[nodiscard]] const std::int64_t* end() const noexcept { return extents_.data() + rank_; }
  void push_back(std::int64_t extent) { extents_.at(rank_++) = extent; }

  /// The number of elements; 1 for a scalar.
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t n = 1;
    for (const auto extent : *this) n *= static_cast<std::size_t>(extent);
    return n;
  }
  /// As a matrix: all axes but the last are rows. A scalar is 1 x 1.
  [[nodiscard]] std::int64_t cols() const noexcept { return rank_ == 0 ? 1 : extents_[rank_ - 1]; }
  [[nodiscard]] std::int64_t rows() const noexcept {
    std::int64_t n = 1;
    for (std::size_t axis = 0; axis + 1 < rank_; ++axis) n *= extents_[axis];
    return n;
  }

  friend bool operator==(const Shape&, const Shape&) = default;

 private:
  std::array<std::int64_t, kMaxRank> extents_{};
  std::size_t rank_ = 0;
};

/// "(3, 25)", "(3,)", "()".
std::string to_string(const Shape& shape);

}  // namespace plexus

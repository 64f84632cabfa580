#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "plexus/core/shape.h"

namespace plexus {

/// The element types of state, recordings and files. Keys are uint32.
enum class DType : std::uint8_t { float32, uint32, int32 };
const char* to_string(DType type) noexcept;

/// An array that owns its values: what files hold and recordings return. Row-major.
struct Tensor {
  Shape shape;
  std::variant<std::vector<float>, std::vector<std::uint32_t>, std::vector<std::int32_t>> values;

  [[nodiscard]] DType dtype() const noexcept { return static_cast<DType>(values.index()); }
  [[nodiscard]] std::size_t size() const noexcept { return shape.size(); }

  /// The values of a float32 array. Throws std::bad_variant_access for another type.
  [[nodiscard]] std::span<const float> floats() const {
    return std::get<std::vector<float>>(values);
  }
  [[nodiscard]] std::span<float> floats() { return std::get<std::vector<float>>(values); }

  /// Sample i: what lies behind the first axis, in a float32 array.
  [[nodiscard]] std::span<const float> row(std::int64_t i) const {
    const std::size_t n = size() / static_cast<std::size_t>(shape[0]);
    return floats().subspan(static_cast<std::size_t>(i) * n, n);
  }

  friend bool operator==(const Tensor&, const Tensor&) = default;
};

/// An array from its elements as words of four bytes, and back.
Tensor tensor_of(const Shape& shape, DType type, const std::uint32_t* words);
void copy_words(const Tensor& from, std::uint32_t* to);

}  // namespace plexus

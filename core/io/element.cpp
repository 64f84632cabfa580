#include "plexus/core/io/element.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/io/io_error.h"

namespace plexus::detail {
namespace {

/// IEEE binary16, as stored.
struct Half {
  std::uint16_t bits;
};

/// A byte that is 0 for false.
struct Bool {
  std::uint8_t byte;
};

float widen(Half half) noexcept {
  const std::uint32_t sign = (half.bits & 0x8000U) << 16U;
  const std::uint32_t exponent = (half.bits >> 10U) & 0x1FU, fraction = half.bits & 0x3FFU;
  if (exponent == 0) {  // zero and subnormal: fraction * 2^-24
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
  }
  const std::uint32_t wide = exponent == 0x1FU ? 0xFFU : exponent + 127U - 15U;
  return std::bit_cast<float>(sign | (wide << 23U) | (fraction << 13U));
}

template <typename Stored>
Stored load(const std::byte* at, bool swapped) noexcept {
  std::array<std::byte, sizeof(Stored)> bytes;
  std::memcpy(bytes.data(), at, sizeof(Stored));
  if (swapped) std::reverse(bytes.begin(), bytes.end());
  return std::bit_cast<Stored>(bytes);
}

/// The value as `Out`, false when that type cannot hold it.
template <typename Out, typename Stored>
bool convert(Stored value, Out& out) noexcept {
  if constexpr (std::is_same_v<Stored, Half>) {
    out = static_cast<Out>(widen(value));
    return true;
  } else if constexpr (std::is_same_v<Stored, Bool>) {
    out = static_cast<Out>(value.byte != 0);
    return true;
  } else if constexpr (std::is_same_v<Stored, double>) {
    // Halfway between the largest float and the next power of two, where rounding gives infinity.
    constexpr double kBeyond = 0x1.ffffffp+127;
    if (std::isfinite(value) && std::abs(value) >= kBeyond) return false;
    out = static_cast<Out>(value);
    return true;
  } else if constexpr (std::is_integral_v<Stored> && std::is_integral_v<Out>) {
    out = static_cast<Out>(value);
    return std::in_range<Out>(value);
  } else {
    out = static_cast<Out>(value);
    return true;
  }
}

template <typename Stored, typename Out>
void read_values(ByteSource& source, bool swapped, std::vector<Out>& out) {
  if constexpr (std::is_same_v<Stored, Out>) {
    if (!swapped) return source.read_exactly(std::as_writable_bytes(std::span{out}));
  }
  constexpr std::size_t kBlock = 16384;  // values
  std::vector<std::byte> raw(std::min(kBlock, out.size()) * sizeof(Stored));
  for (std::size_t done = 0; done < out.size();) {
    const std::size_t n = std::min(kBlock, out.size() - done);
    source.read_exactly(std::span{raw}.first(n * sizeof(Stored)));
    for (std::size_t i = 0; i < n; ++i) {
      const auto value = load<Stored>(raw.data() + i * sizeof(Stored), swapped);
      if (convert(value, out[done + i])) continue;
      if constexpr (std::is_arithmetic_v<Stored>)
        throw io_error(source.name(),
                       fmt::format("value {} of number {} does not fit {}", value, done + i,
                                   std::is_same_v<Out, float> ? "float32" : "32 bits"),
                       "scale or clip the values before saving them");
    }
    done += n;
  }
}

template <typename Out>
std::vector<Out> read_as(ByteSource& source, const Element& element, std::size_t count) {
  const bool swapped =
      element.size > 1 && element.big_endian != (std::endian::native == std::endian::big);
  std::vector<Out> out(count);
  const auto is = [&](char kind, std::size_t size) {
    return element.kind == kind && element.size == size;
  };
  if constexpr (std::is_same_v<Out, float>) {
    if (is('f', 2)) read_values<Half>(source, swapped, out);
    if (is('f', 4)) read_values<float>(source, swapped, out);
    if (is('f', 8)) read_values<double>(source, swapped, out);
  }
  if (is('b', 1)) read_values<Bool>(source, swapped, out);
  if (is('u', 1)) read_values<std::uint8_t>(source, swapped, out);
  if (is('u', 2)) read_values<std::uint16_t>(source, swapped, out);
  if (is('u', 4)) read_values<std::uint32_t>(source, swapped, out);
  if (is('u', 8)) read_values<std::uint64_t>(source, swapped, out);
  if (is('i', 1)) read_values<std::int8_t>(source, swapped, out);
  if (is('i', 2)) read_values<std::int16_t>(source, swapped, out);
  if (is('i', 4)) read_values<std::int32_t>(source, swapped, out);
  if (is('i', 8)) read_values<std::int64_t>(source, swapped, out);
  return out;
}

/// Values whose first index runs fastest, into those whose last one does.
template <typename T>
std::vector<T> to_row_major(const std::vector<T>& column_major, const Shape& shape) {
  std::array<std::size_t, Shape::kMaxRank> stride{}, index{};
  std::size_t step = 1;
  for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
    stride[axis] = step;
    step *= static_cast<std::size_t>(shape[axis]);
  }
  std::vector<T> out(column_major.size());
  std::size_t from = 0;
  for (T& value : out) {
    value = column_major[from];
    for (std::size_t axis = shape.rank(); axis-- > 0;) {
      from += stride[axis];
      if (++index[axis] < static_cast<std::size_t>(shape[axis])) break;
      from -= stride[axis] * index[axis];
      index[axis] = 0;
    }
  }
  return out;
}

}  // namespace

std::optional<Element> parse_element(std::string_view descr) noexcept {
  if (descr.size() != 3) return {};
  const char order = descr[0], kind = descr[1];
  const std::size_t size = static_cast<std::size_t>(descr[2] - '0');
  if (std::string_view{"<>|="}.find(order) == std::string_view::npos) return {};
  const bool one = size == 1, real = size == 2 || size == 4 || size == 8;
  if (kind == 'b' ? !one : kind == 'f' ? !real : kind == 'i' || kind == 'u' ? !one && !real : true)
    return {};
  if (order == '|' && !one) return {};
  const bool native_big = std::endian::native == std::endian::big;
  return Element{kind, size, order == '>' || (order == '=' && native_big)};
}

std::string to_string(const Element& element) {
  if (element.kind == 'b') return "bool";
  const char* const family = element.kind == 'f' ? "float" : element.kind == 'i' ? "int" : "uint";
  return fmt::format("{}{}", family, 8 * element.size);
}

DType dtype_of(const Element& element, Integers integers) noexcept {
  if (element.kind == 'f' || integers == Integers::to_float) return DType::float32;
  return element.kind == 'u' && element.size >= 4 ? DType::uint32 : DType::int32;
}

std::uint64_t byte_size(const Shape& shape, const Element& element, std::string_view file) {
  // Zeros are left out of the bound, so that no product of some of the extents can overflow either.
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
  std::uint64_t bytes = std::max<std::size_t>(element.size, sizeof(float));
  bool empty = false;
  for (const std::int64_t extent : shape) {
    const auto n = static_cast<std::uint64_t>(extent);
    empty = empty || n == 0;
    if (n > kMost / bytes)
      throw io_error(file, fmt::format("claims the impossible shape {}", to_string(shape)),
                     "the file is damaged: write or download it again");
    bytes *= std::max<std::uint64_t>(n, 1);
  }
  return empty ? 0 : shape.size() * element.size;
}

Tensor read_elements(ByteSource& source, const Element& element, const Shape& shape, bool fortran,
                     Integers integers) {
  source.expect(byte_size(shape, element, source.name()));
  Tensor array{shape, {}};
  try {
    switch (dtype_of(element, integers)) {
      case DType::float32: array.values = read_as<float>(source, element, shape.size()); break;
      case DType::uint32:
        array.values = read_as<std::uint32_t>(source, element, shape.size());
        break;
      case DType::int32: array.values = read_as<std::int32_t>(source, element, shape.size()); break;
    }
    source.expect_end();
    if (fortran && shape.rank() > 1)
      std::visit([&](auto& values) { values = to_row_major(values, shape); }, array.values);
  } catch (const std::bad_alloc&) {
    throw io_error(source.name(), fmt::format("no memory for {} values", shape.size()),
                   "use a smaller part of the data");
  }
  return array;
}

}  // namespace plexus::detail

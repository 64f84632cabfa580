#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "plexus/core/io/array_header.h"
#include "plexus/core/io/byte_source.h"
#include "plexus/core/tensor.h"

namespace plexus::detail {

/// The type of the numbers in a file.
struct Element {
  char kind = 'f';       // f: IEEE float, i: signed, u: unsigned, b: bool, as NumPy calls them
  std::size_t size = 4;  // bytes
  bool big_endian = false;
};

/// The type that NumPy spells "<f4", "|u1", ">i8"; none for what is not a real number.
std::optional<Element> parse_element(std::string_view descr) noexcept;
/// "float16", "int64", "bool".
std::string to_string(const Element& element);

/// The type that values are read into.
DType dtype_of(const Element& element, Integers integers) noexcept;

/// The number of bytes an array takes. Throws Error, naming `file`, when no machine could hold it.
std::uint64_t byte_size(const Shape& shape, const Element& element, std::string_view file);

/// Reads the values of an array, to the last byte of `source`; those in Fortran's order are turned
/// into ours. The header's size is checked before memory is asked for.
Tensor read_elements(ByteSource& source, const Element& element, const Shape& shape, bool fortran,
                     Integers integers);

}  // namespace plexus::detail

#pragma once

#include <string>

#include "plexus/core/io/array_header.h"
#include "plexus/core/io/byte_source.h"
#include "plexus/core/io/element.h"
#include "plexus/core/tensor.h"

namespace plexus::detail {

/// The bytes every .npy file begins with.
inline constexpr std::string_view kNpyMagic{"\x93NUMPY", 6};

/// What precedes the values in the .npy format (NumPy Enhancement Proposal 1), versions 1 to 3.
struct NpyHeader {
  Element element;
  Shape shape;
  bool fortran = false;
};

/// Reads a header, and checks that as many bytes as it promises follow.
NpyHeader read_npy_header(ByteSource& source);
Tensor read_npy(ByteSource& source, Integers integers);
ArrayHeader inspect_npy(ByteSource& source, Integers integers);

/// The header NumPy writes, version 1.0, for an array of ours.
std::string npy_header(const Shape& shape, DType dtype);

/// The values as the bytes that follow it. Throws Error, naming `file`, when they are not as many
/// as the shape says.
std::span<const std::byte> value_bytes(const Tensor& array, std::string_view file);

}  // namespace plexus::detail

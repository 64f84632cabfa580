#pragma once

#include <filesystem>

#include "plexus/core/io/array_header.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// Reads a .npy file: real numbers of any NumPy type, in either byte order, in C's or Fortran's
/// order. Throws Error (io) for a file that is missing, damaged or holds something else.
Tensor read_npy(const std::filesystem::path& path, Integers integers = Integers::to_float);

/// The shape and type of the array in a .npy file, from its first bytes and its length.
ArrayHeader inspect_npy(const std::filesystem::path& path, Integers integers = Integers::to_float);

/// Writes an array as numpy.save does; an old file is replaced only by a complete new one.
void write_npy(const std::filesystem::path& path, const Tensor& array);

}  // namespace plexus

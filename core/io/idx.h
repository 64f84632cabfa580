#pragma once

#include <filesystem>

#include "plexus/core/io/array_header.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// Reads a file in the IDX format of the MNIST digits, gzipped or not. Arrays of more than two axes
/// are flattened to (N, values per sample). Throws Error (io) for a file that is missing, damaged
/// or no IDX.
Tensor read_idx(const std::filesystem::path& path, Integers integers = Integers::to_float);

/// The shape (flattened) and type of its array, from its first bytes and its length.
ArrayHeader inspect_idx(const std::filesystem::path& path, Integers integers = Integers::to_float);

}  // namespace plexus

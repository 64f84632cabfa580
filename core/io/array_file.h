#pragma once

#include <filesystem>
#include <string_view>

#include "plexus/core/io/array_header.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// Whether a file is an archive of named arrays, by its content. Throws Error (io) when there is no
/// file, or none of the kinds below.
bool is_npz(const std::filesystem::path& path);

/// Reads the array of a file: .npy, .npz, IDX or a table of numbers in text, each but .npz also
/// gzipped. The kind is known by the content, whatever the file's name. `array` names one array of
/// a .npz, by default its first. Throws Error (io): a name that is not there gets the nearest one
/// that is.
Tensor read_array(const std::filesystem::path& path, std::string_view array = {},
                  Integers integers = Integers::to_float);

/// The shape and type of what read_array would give, from as few bytes as can be: of text, all of
/// it. What passes here can still fail there, when the values themselves are damaged.
ArrayHeader inspect_array(const std::filesystem::path& path, std::string_view array = {},
                          Integers integers = Integers::to_float);

}  // namespace plexus

#pragma once

#include <filesystem>
#include <string_view>

#include "plexus/core/tensor.h"

namespace plexus {

/// Reads a table of numbers, (rows, columns) in float32. Commas, semicolons or white space separate
/// them;
/// `#` begins a comment; a first line without any number is a heading and skipped. Throws Error
/// (io) with line and column for what is no number, and for a row of another length.
Tensor read_csv(const std::filesystem::path& path);

/// The same for text in memory; `file` is what messages call it.
Tensor parse_csv(std::string_view text, std::string_view file);

}  // namespace plexus

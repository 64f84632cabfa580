#pragma once

#include <filesystem>
#include <string>

namespace plexus {

/// What an array file holds, for a reader: of each array name, shape, type as stored, least and
/// largest value, mean and share of NaN (of which the three others take no notice); then the
/// provenance of a recording, and the names of other members. Any file that read_array knows.
/// Throws Error (io) for a file that is missing or damaged.
std::string describe_arrays(const std::filesystem::path& path);

}  // namespace plexus

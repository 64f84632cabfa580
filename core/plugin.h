#pragma once

#include <filesystem>
#include <string>

namespace plexus {

/// The version of this library: "0.1.0".
std::string version();

/// Loads a shared library whose component types and operators register themselves; once, however
/// often it is named. It stays loaded. Throws Error (io) for a missing or broken file, a library
/// that was not built by plexus_add_plugin, or one built against another version of Plexus or other
/// headers of it: told before any of its code runs.
void load_plugin(const std::filesystem::path& file);

}  // namespace plexus

#pragma once

#include <filesystem>
#include <string>

namespace plexus::detail {

/// Lets Graphviz's `dot` draw a graph to a file. `format` is one of its own: "svg", "png".
/// Throws Error (io) if there is no `dot`, or it fails.
void render_dot(const std::string& graph, const std::string& format,
                const std::filesystem::path& file);

}  // namespace plexus::detail

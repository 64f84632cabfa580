#pragma once

#include <filesystem>
#include <string>

namespace plexus {

class Context;

struct DrawOptions {
  /// A process whose calls are numbered in the components that they belong to; "" for none.
  std::string process = {};
};

/// A circuit as a Graphviz graph: a node a component (its type, extents, parts; coloured by
/// family), a small node an operator, a labelled edge a wire (dashed where it is delayed), a box a
/// nested context. Throws Error: config, for an unknown process; what its compilation throws.
std::string to_dot(Context& circuit, const DrawOptions& options = {});

/// A circuit as JSON: `components` (with parts and methods and what these touch), `wires` (with
/// operators), `processes` (with their calls in order, and `dependencies`: which call feeds which,
/// through what). A process that cannot be compiled has `error` instead; one that writes a value
/// twice has no dependencies.
std::string to_json(Context& circuit);

/// Writes the picture by the file's suffix: .dot, .json, or .svg and .png, which Graphviz draws.
/// Throws Error: config, for another suffix; io, without Graphviz or if the file cannot be written.
void draw(Context& circuit, const std::filesystem::path& file, const DrawOptions& options = {});

}  // namespace plexus

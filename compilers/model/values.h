#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/node.h"
#include "plexus/core/error.h"
#include "plexus/core/parameters.h"
#include "plexus/core/random/initialiser.h"
#include "plexus/core/tensor.h"

namespace plexus::model {

/// A place as errors carry it.
Where where(const Place& place, std::string path = {});

/// A path of the file, which is relative to the file that names it.
std::filesystem::path beside(const Source& source, const std::string& file);
/// What to do about such a file that could not be read.
std::string file_remedy(const Error& error, const std::filesystem::path& file);

/// Reads nodes as the values of parameters and clamps. What is wrong is reported at its place; then
/// the result is empty.
class Values {
 public:
  Values(Diagnostics& diagnostics, const Source& source)
      : diagnostics_(diagnostics), source_(source) {}

  /// Reads `node` into the parameter's value. `name` is "W.tau_w" in messages.
  bool read(const Node& node, const Parameter& parameter, const std::string& name) const;

  /// A number, nested lists of equal lengths, or {file: …, array: …}. `what` is for messages.
  [[nodiscard]] std::optional<Tensor> tensor(const Node& node, const std::string& what) const;
  /// A number, a list, {file: …}, or {generator: {…}}.
  [[nodiscard]] std::optional<Initialiser> initialiser(const Node& node,
                                                       const std::string& what) const;
  /// The key of a component: a seed, or two words.
  [[nodiscard]] std::optional<Key> key(const Node& node, const std::string& name) const;

 private:
  bool mismatch(const Node& node, const Parameter& parameter, const std::string& name) const;

  Diagnostics& diagnostics_;
  const Source& source_;
};

}  // namespace plexus::model

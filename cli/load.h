#pragma once

#include <memory>
#include <string>
#include <vector>

#include "plexus/compilers/model/model.h"

namespace CLI {
class App;
}

namespace plexus::cli {

/// `--set NAME=VALUE`, as often as wanted.
void add_settings(CLI::App& syntax, std::vector<std::string>& settings);

/// Loads a model; its problems and warnings go to stderr. nullptr if there are errors.
std::unique_ptr<model::Model> load(const std::string& file, const model::LoadOptions& options);

/// The same for looking at it: its data is not read, and no seed is talked of.
std::unique_ptr<model::Model> load_to_look_at(const std::string& file,
                                              const std::vector<std::string>& settings);

}  // namespace plexus::cli

#include "plexus/compilers/model/schema.h"

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"
#include "plexus/cli/load.h"

namespace plexus::cli {

Command schema_command(CLI::App& program) {
  CLI::App& syntax = *program.add_subcommand(
      "schema", "Prints the JSON Schema of model files, which editors use for completion");
  auto plugins = std::make_shared<std::vector<std::string>>();
  add_plugins(syntax, *plugins);
  syntax.footer(
      "Example:\n  plexus schema > plexus.schema.json\n"
      "and, in a model's first line, for editors with the YAML language server:\n"
      "  # yaml-language-server: $schema=plexus.schema.json");
  return {&syntax, [plugins] {
            load_plugins(*plugins);
            fmt::print("{}", model::json_schema());
            return kSuccess;
          }};
}

}  // namespace plexus::cli

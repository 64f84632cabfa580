#include "plexus/compilers/model/schema.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"

namespace plexus::cli {

Command schema_command(CLI::App& program) {
  CLI::App& syntax = *program.add_subcommand(
      "schema", "Prints the JSON Schema of model files, which editors use for completion");
  syntax.footer(
      "Example:\n  plexus schema > plexus.schema.json\n"
      "and, in a model's first line, for editors with the YAML language server:\n"
      "  # yaml-language-server: $schema=plexus.schema.json");
  return {&syntax, [] {
            fmt::print("{}", model::json_schema());
            return kSuccess;
          }};
}

}  // namespace plexus::cli

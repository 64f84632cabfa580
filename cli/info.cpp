#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"
#include "plexus/core/io/describe.h"

namespace plexus::cli {
namespace {

int act(std::filesystem::path path) {
  if (std::filesystem::is_directory(path)) path /= "recording.npz";
  fmt::print("{}", describe_arrays(path));
  return kSuccess;
}

}  // namespace

Command info_command(CLI::App& program) {
  auto path = std::make_shared<std::string>();
  CLI::App& syntax = *program.add_subcommand(
      "info", "Tells what a recording or array file holds: arrays, ranges, provenance");
  syntax.add_option("path", *path, "A .npz, .npy, .csv or IDX file, or a run's directory")
      ->required()
      ->type_name("FILE|DIR");
  syntax.footer("Example:\n  plexus info runs/orientation");
  return {&syntax, [path] { return act(*path); }};
}

}  // namespace plexus::cli

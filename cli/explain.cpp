#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"
#include "plexus/cli/load.h"
#include "plexus/core/error.h"

namespace plexus::cli {
namespace {

struct Arguments {
  std::string model, process;
  std::vector<std::string> settings;
};

int act(const Arguments& given) {
  const auto model = load_to_look_at(given.model, given.settings);
  if (!model) return kProblem;
  std::vector<std::string> names = model->process_names();
  if (!given.process.empty()) {
    if (std::ranges::find(names, given.process) == names.end())
      throw Error(Error::Kind::config, {},
                  fmt::format("{} has no process '{}'", given.model, given.process),
                  did_you_mean(given.process, names));
    names = {given.process};
  }
  const char* between = "";
  for (const std::string& name : names) {
    fmt::print("{}{}", between, model->context().process(name).explain());
    between = "\n";
  }
  return kSuccess;
}

}  // namespace

Command explain_command(CLI::App& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& syntax =
      *program.add_subcommand("explain", "Shows what a model's processes are compiled to, and why");
  syntax.add_option("model", given->model, "Model file")->required()->type_name("MODEL.yaml");
  syntax.add_option("process", given->process, "One process; default: all")->type_name("PROCESS");
  add_settings(syntax, given->settings);
  syntax.footer(
      "Example:\n  plexus explain model.yaml step\n"
      "It tells the order and why, delays and where cycles were cut, aliases, kernels, bytes and "
      "flops a step.");
  return {&syntax, [given] { return act(*given); }};
}

}  // namespace plexus::cli

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "plexus/cli/command.h"
#include "plexus/cli/load.h"
#include "plexus/cli/terminal.h"
#include "plexus/compilers/model/diagnostics.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"

namespace plexus::cli {
namespace {

struct Arguments {
  std::vector<std::string> files, settings;
  bool json = false;
};

/// All problems of one file; true if there is no error.
bool check(const std::string& file, const Arguments& given, nlohmann::ordered_json& json) {
  model::Diagnostics problems;
  try {
    model::load_model(file, {.settings = given.settings, .read_data = false}, problems);
  } catch (const Error& error) {  // the file itself cannot be read
    problems.report({.problem = error.problem(), .remedy = error.remedy()});
  }
  if (given.json) {
    for (const auto& one : nlohmann::ordered_json::parse(problems.json())) json.push_back(one);
  } else if (!problems.empty()) {
    fmt::print("{}", problems.print());
  }
  if (problems.empty()) say("{}: no problems", file);
  return problems.errors() == 0;
}

int act(const Arguments& given) {
  const LogLevel before = set_log_level(LogLevel::error);
  if (before == LogLevel::debug) set_log_level(before);
  auto json = nlohmann::ordered_json::array();
  bool good = true;
  for (const std::string& file : given.files) good = check(file, given, json) && good;
  if (given.json) fmt::print("{}\n", json.dump(2));
  return good ? kSuccess : kProblem;
}

}  // namespace

Command check_command(CLI::App& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& syntax =
      *program.add_subcommand("check", "Reports every problem of model files, and runs nothing");
  syntax
      .add_option("models", given->files, "Model files; their data files' headers are checked too")
      ->required()
      ->type_name("MODEL.yaml");
  add_settings(syntax, given->settings);
  syntax.add_flag("--json", given->json,
                  "Writes an array of {file, line, column, severity, message, remedy}");
  syntax.footer("Example:\n  plexus check models/*.yaml");
  return {&syntax, [given] { return act(*given); }};
}

}  // namespace plexus::cli

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"
#include "plexus/cli/load.h"
#include "plexus/cli/terminal.h"
#include "plexus/compilers/graph/draw.h"

namespace plexus::cli {
namespace {

struct Arguments {
  std::string model, file, process;
  std::vector<std::string> settings;
};

int act(const Arguments& given) {
  const auto model = load_to_look_at(given.model, given.settings);
  if (!model) return kProblem;
  const DrawOptions options{.process = given.process};
  if (given.file.empty()) {
    fmt::print("{}", to_dot(model->context(), options));
  } else {
    draw(model->context(), given.file, options);
    say("wrote {}", given.file);
  }
  return kSuccess;
}

}  // namespace

Command graph_command(CLI::App& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& syntax = *program.add_subcommand("graph", "Draws the circuit of a model");
  syntax.add_option("model", given->model, "Model file")->required()->type_name("MODEL.yaml");
  syntax
      .add_option("-o,--out", given->file,
                  "Picture to write: .svg, .png (Graphviz draws them), .dot or .json; default: DOT "
                  "on stdout")
      ->type_name("FILE");
  syntax
      .add_option("--process", given->process, "Numbers the calls of this process in the picture")
      ->type_name("PROCESS");
  add_settings(syntax, given->settings);
  syntax.footer("Example:\n  plexus graph model.yaml -o circuit.svg");
  return {&syntax, [given] { return act(*given); }};
}

}  // namespace plexus::cli

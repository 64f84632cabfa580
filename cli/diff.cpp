#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"
#include "plexus/core/io/compare.h"

namespace plexus::cli {
namespace {

struct Arguments {
  std::string a, b;
  Tolerance tolerance;
};

int act(const Arguments& given) {
  const Comparison comparison = compare_npz(given.a, given.b, given.tolerance);
  fmt::print("{}", to_table(comparison));
  return comparison.agrees() ? kSuccess : kProblem;
}

}  // namespace

Command diff_command(CLI::App& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& syntax = *program.add_subcommand("diff", "Compares a recording with a reference");
  syntax.add_option("a", given->a, "Recording to judge")->required()->type_name("A.npz");
  syntax.add_option("b", given->b, "Reference")->required()->type_name("B.npz");
  const auto tolerance = [&](const char* name, double& value, const char* doc) {
    syntax.add_option(name, value, doc)
        ->type_name("NUMBER")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
  };
  tolerance("--rtol", given->tolerance.rtol, "Tolerance relative to each value of the reference");
  tolerance("--atol", given->tolerance.atol, "Tolerance in the arrays' own units");
  tolerance("--atol-scale", given->tolerance.atol_scale,
            "Tolerance relative to the largest finite value of the reference's array");
  syntax.footer(
      "A agrees where |a - b| <= rtol |b| + atol + atol_scale max|B|; integers must be equal, NaN "
      "agrees with\n"
      "NaN. An array that A lacks, or has in another shape, differs. Exit status 1 if anything "
      "differs.\n\n"
      "Example:\n  plexus diff runs/orientation/recording.npz reference.npz --rtol 1e-4");
  return {&syntax, [given] { return act(*given); }};
}

}  // namespace plexus::cli

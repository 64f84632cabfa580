#include "plexus/cli/program.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "plexus/cli/command.h"
#include "plexus/cli/terminal.h"
#include "plexus/core/error.h"
#include "plexus/plexus.h"

namespace plexus::cli {
namespace {

/// Commands of the plan that this version does not have.
constexpr std::array<std::string_view, 5> kAbsent{"report", "reproduce", "import", "export", "new"};
/// Commands of the script ./plexus in the source tree.
constexpr std::array<std::string_view, 4> kOfTheScript{"build", "test", "bench", "clean"};

struct Talk {
  bool quiet = false, verbose = false;
};

void add_talk(CLI::App& syntax, Talk& talk) {
  auto* quiet = syntax.add_flag("-q,--quiet", talk.quiet, "Says nothing but errors");
  syntax.add_flag("-v,--verbose", talk.verbose, "Says what is decided, and why")->excludes(quiet);
}

std::vector<std::string> names_of(const std::vector<Command>& commands) {
  std::vector<std::string> names;
  for (const Command& command : commands) names.push_back(command.syntax->get_name());
  return names;
}

/// Refuses a word that is no command; CLI11 would only call it unexpected.
void check_command_word(int argc, char** argv, const std::vector<Command>& commands) {
  const auto* const last = argv + argc;
  const auto* const first = std::find_if(argv + std::min(argc, 1), argv + argc,
                                         [](const char* word) { return *word != '-'; });
  if (first == last) return;
  const std::string word = *first;
  const std::vector<std::string> known = names_of(commands);
  if (std::ranges::find(known, word) != known.end()) return;
  if (std::ranges::find(kAbsent, word) != kAbsent.end())
    throw UsageError(
        fmt::format("this version of Plexus does not have the command '{}' yet", word));
  if (std::ranges::find(kOfTheScript, word) != kOfTheScript.end())
    throw UsageError(fmt::format(
        "'{}' is a command of the script ./plexus in the source tree, not of this program", word));
  throw UsageError(fmt::format("there is no command '{}'\n  {}", word, did_you_mean(word, known)));
}

/// "--tiem is no option of 'run'", with the nearest one.
std::string unexpected(const CLI::App& syntax) {
  const std::vector<std::string> words = syntax.remaining();
  const std::string word = words.empty() ? "" : words.front();
  const std::string of = fmt::format("`plexus {}`", syntax.get_name());
  if (!word.starts_with("-"))
    return fmt::format("{} does not take '{}'\n  see {} --help", of, word,
                       of.substr(1, of.size() - 2));
  std::vector<std::string> known;
  for (const CLI::Option* option : syntax.get_options())
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  return fmt::format("{} has no option {}\n  {}", of, word,
                     did_you_mean(word.substr(0, word.find('=')), known));
}

int dispatch(int argc, char** argv) {
  CLI::App program("Plexus simulates graphs of neural components.", "plexus");
  program.set_version_flag("--version", std::string("plexus ") + PLEXUS_VERSION);
  program.set_help_flag("-h,--help", "Shows this text");
  program.require_subcommand(0, 1);
  program.failure_message(
      [](const CLI::App*, const CLI::Error& error) { return std::string(error.what()); });
  program.footer(
      "Every command has --help with an example. stdout is data, stderr is talk.\n"
      "Exit status: 0 success; 1 a problem with the model, its data or the comparison; 2 wrong "
      "usage.");
  const std::vector<Command> commands{run_command(program),      check_command(program),
                                      describe_command(program), schema_command(program),
                                      graph_command(program),    explain_command(program),
                                      diff_command(program),     info_command(program)};
  Talk talk;
  add_talk(program, talk);
  for (const Command& command : commands) add_talk(*command.syntax, talk);

  check_command_word(argc, argv, commands);
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    fmt::print("{}\n", version.what());
    return kSuccess;
  } catch (const CLI::Success& help) {
    program.exit(help);  // prints it
    return kSuccess;
  } catch (const CLI::ExtrasError&) {
    const auto used = program.get_subcommands();
    throw UsageError(unexpected(used.empty() ? program : *used.front()));
  } catch (const CLI::ParseError& error) {
    const auto used = program.get_subcommands();
    throw UsageError(fmt::format("{}\n  see plexus {}--help", error.what(),
                                 used.empty() ? "" : used.front()->get_name() + " "));
  }
  open_terminal(talk.quiet, talk.verbose);
  const auto used = program.get_subcommands();
  if (used.empty()) {
    fmt::print(stderr, "{}", program.help());
    return kUsage;
  }
  return std::ranges::find(commands, used.front(), &Command::syntax)->act();
}

/// True if all that was written to stdout has arrived.
bool delivered() {
  return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

}  // namespace

int run_program(int argc, char** argv) {
  open_terminal(false, false);
  try {
    const int status = dispatch(argc, argv);
    if (delivered()) return status;
    complain("error: cannot write to stdout");
    return kProblem;
  } catch (const UsageError& error) {
    complain(std::string("plexus: ") + error.what());
    return kUsage;
  } catch (const Error& error) {
    complain((error.where().file.empty() ? "error: " : "") + std::string(error.what()));
  } catch (const std::bad_alloc&) {
    complain("error: out of memory");
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
  }
  return kProblem;
}

}  // namespace plexus::cli

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
#include "plexus/core/plugin.h"
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
  syntax.add_flag("-q,--quiet", talk.quiet, "Says nothing but errors");
  syntax.add_flag("-v,--verbose", talk.verbose, "Says what is decided, and why");
}

std::vector<std::string> names_of(const std::vector<Command>& commands) {
  std::vector<std::string> names;
  for (const Command& command : commands) names.push_back(command.syntax->get_name());
  return names;
}

/// Refuses a word that is no command; CLI11 would only call it unexpected. The command's syntax, if
/// there is one.
const CLI::App* command_of(int argc, char** argv, const std::vector<Command>& commands) {
  const auto* const last = argv + argc;
  const auto* const first = std::find_if(argv + std::min(argc, 1), argv + argc,
                                         [](const char* word) { return *word != '-'; });
  if (first == last) return nullptr;
  const std::string word = *first;
  const std::vector<std::string> known = names_of(commands);
  if (const auto found = std::ranges::find(known, word); found != known.end())
    return commands[static_cast<std::size_t>(found - known.begin())].syntax;
  if (std::ranges::find(kAbsent, word) != kAbsent.end())
    throw UsageError(
        fmt::format("this version of Plexus does not have the command '{}' yet", word));
  if (std::ranges::find(kOfTheScript, word) != kOfTheScript.end())
    throw UsageError(fmt::format(
        "'{}' is a command of the script ./plexus in the source tree, not of this program", word));
  throw UsageError(fmt::format("there is no command '{}'\n  {}", word, did_you_mean(word, known)));
}

/// Refuses an option that the command does not have, with the nearest one; CLI11 would first ask
/// for what is missing.
void check_options(int argc, char** argv, const CLI::App& syntax) {
  std::vector<std::string> known;
  for (const CLI::Option* option : syntax.get_options())
    if (!option->get_group().empty())
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  const auto is_command = [&](const char* word) { return word == syntax.get_name(); };
  const auto behind = std::find_if(argv + 1, argv + argc, is_command) - argv;
  for (auto i = behind; i < argc && std::string_view(argv[i]) != "--"; ++i) {
    const std::string word = std::string(argv[i]).substr(0, std::string_view(argv[i]).find('='));
    if (word.starts_with("--") && syntax.get_option_no_throw(word) == nullptr)
      throw UsageError(fmt::format("`plexus {}` has no option {}\n  {}", syntax.get_name(), word,
                                   did_you_mean(word, known)));
  }
}

int dispatch(int argc, char** argv) {
  CLI::App program("Plexus simulates graphs of neural components.", "plexus");
  program.set_version_flag("--version", "plexus " + version(), "Tells the version");
  program.set_help_flag("-h,--help", "Shows this text");
  program.get_formatter()->label("REQUIRED", "");
  program.get_formatter()->label("SUBCOMMAND", "COMMAND");
  program.get_formatter()->label("Subcommands", "Commands");
  program.get_formatter()->label("Positionals", "Arguments");
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
  for (const Command& command : commands) {
    add_talk(*command.syntax, talk);
    command.syntax->group("Commands");
  }

  if (const CLI::App* syntax = command_of(argc, argv, commands)) check_options(argc, argv, *syntax);
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    fmt::print("{}\n", version.what());
    return kSuccess;
  } catch (const CLI::Success& help) {
    program.exit(help);  // prints it
    return kSuccess;
  } catch (const CLI::ExtrasError&) {
    const std::vector<std::string> extra = program.remaining(true);
    const auto used = program.get_subcommands();
    throw UsageError(fmt::format("'{}' is one argument too many\n  see plexus {}--help",
                                 extra.empty() ? "" : extra.front(),
                                 used.empty() ? "" : used.front()->get_name() + " "));
  } catch (const CLI::ParseError& error) {
    const auto used = program.get_subcommands();
    throw UsageError(fmt::format("{}\n  see plexus {}--help", error.what(),
                                 used.empty() ? "" : used.front()->get_name() + " "));
  }
  if (talk.quiet && talk.verbose) throw UsageError("--quiet and --verbose exclude each other");
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
    if (std::ferror(stdout) != 0)
      complain("error: cannot write to stdout");
    else
      complain(std::string("internal error: ") + error.what());
  }
  return kProblem;
}

}  // namespace plexus::cli

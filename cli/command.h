#pragma once

#include <functional>
#include <stdexcept>
#include <string>

namespace CLI {
class App;
}

namespace plexus::cli {

// Exit statuses.
inline constexpr int kSuccess = 0;
inline constexpr int kProblem = 1;  // with the model, its data or the comparison
inline constexpr int kUsage = 2;    // wrong usage of the program
inline constexpr int kInterrupted = 130;

/// Wrong usage that shows only once the arguments are read.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One command: its part of the syntax, and what it does, which gives the exit status.
struct Command {
  CLI::App* syntax = nullptr;
  std::function<int()> act;
};

// Each adds its command to the program's syntax.
Command run_command(CLI::App& program);
Command check_command(CLI::App& program);
Command describe_command(CLI::App& program);
Command schema_command(CLI::App& program);
Command graph_command(CLI::App& program);
Command explain_command(CLI::App& program);
Command diff_command(CLI::App& program);
Command info_command(CLI::App& program);

}  // namespace plexus::cli

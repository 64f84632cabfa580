#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace plexus::cli {

/// Sets up stderr: the log goes there, warnings coloured on a terminal (not with NO_COLOR set), and
/// none of it tears a progress bar. `quiet` leaves errors only; `verbose` adds the log's debug
/// level.
void open_terminal(bool quiet, bool verbose);
[[nodiscard]] bool quiet();

/// A line of talk on stderr, unless quiet.
void say_line(const std::string& text);
template <class... Args>
void say(fmt::format_string<Args...> format, Args&&... args) {
  say_line(fmt::format(format, std::forward<Args>(args)...));
}
/// A line on stderr in any case. "error:" and "warning:" in it are coloured on a terminal.
void complain(const std::string& text);

/// One line on stderr that tells how far a run has come; nothing unless stderr is a terminal.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Shows it at most ten times a second. `total` is 0 where it is not known.
  void show(std::int64_t steps, std::int64_t total);

 private:
  using Clock = std::chrono::steady_clock;
  bool on_;
  Clock::time_point start_, shown_;
};

/// "▰▰▰▱▱▱  52 %  104000 of 200000 steps  34000 a second  0:02 left"
std::string progress_text(std::int64_t steps, std::int64_t total, double seconds);

}  // namespace plexus::cli

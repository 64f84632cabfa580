#include "plexus/cli/terminal.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string_view>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "plexus/core/log.h"

namespace plexus::cli {
namespace {

using namespace std::chrono_literals;

/// The one stderr.
struct Terminal {
  bool is_terminal = false, colours = false, quiet = false;
  bool bar_is_shown = false;
};
Terminal terminal;

constexpr std::string_view kClearLine = "\r\x1b[K";

void write_line(const std::string& text) {
  std::string line = terminal.bar_is_shown ? std::string(kClearLine) : "";
  terminal.bar_is_shown = false;
  line += text;
  if (!line.ends_with('\n')) line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

/// Colours the words that head a problem.
std::string coloured(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kWords{
      {{"error:", "\x1b[1;31m"}, {"warning:", "\x1b[1;33m"}}};
  for (const auto& [word, colour] : kWords)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      const bool heads = at == 0 || text.substr(0, at).ends_with(": ") || text[at - 1] == '\n';
      const std::string bright = fmt::format("{}{}\x1b[0m", colour, word);
      if (heads) text.replace(at, word.size(), bright);
      at += heads ? bright.size() : word.size();
    }
  return text;
}

/// The library's log, as lines of ours.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::string text(message.payload.data(), message.payload.size());
    if (message.level == spdlog::level::warn) text = "warning: " + text;
    if (message.level >= spdlog::level::err) text = "error: " + text;
    if (message.level <= spdlog::level::debug) text = "debug: " + text;
    complain(text);
  }
  void flush_() override {}
};

bool colours_wanted() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  return (no_colour == nullptr || *no_colour == '\0') &&
         (kind == nullptr || std::string_view(kind) != "dumb");
}

}  // namespace

void open_terminal(bool quiet, bool verbose) {
  terminal.is_terminal = isatty(STDERR_FILENO) == 1;
  terminal.colours = terminal.is_terminal && colours_wanted();
  terminal.quiet = quiet;
  logger()->sinks() = {std::make_shared<LineSink>()};
  set_log_level(quiet ? LogLevel::error : verbose ? LogLevel::debug : LogLevel::info);
}

bool quiet() {
  return terminal.quiet;
}

void say_line(const std::string& text) {
  if (!terminal.quiet) write_line(text);
}

void complain(const std::string& text) {
  write_line(terminal.colours ? coloured(text) : text);
}

std::string progress_text(std::int64_t steps, std::int64_t total, double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(steps) / seconds : 0;
  if (total <= 0) return fmt::format("{} steps  {:.0f} a second", steps, rate);
  constexpr int kWidth = 24;
  const double share = std::min(1.0, static_cast<double>(steps) / static_cast<double>(total));
  const int filled = static_cast<int>(share * kWidth);
  std::string bar;
  for (int i = 0; i < kWidth; ++i) bar += i < filled ? "▰" : "▱";
  std::string text = fmt::format("{} {:3.0f} %  {} of {} steps  {:.0f} a second", bar, 100 * share,
                                 steps, total, rate);
  if (rate > 0) {
    const auto left = static_cast<std::int64_t>(static_cast<double>(total - steps) / rate);
    text += left < 3600 ? fmt::format("  {}:{:02} left", left / 60, left % 60)
                        : fmt::format("  {}:{:02} h left", left / 3600, left / 60 % 60);
  }
  return text;
}

ProgressBar::ProgressBar()
    : on_(terminal.is_terminal && !terminal.quiet), start_(Clock::now()), shown_(start_) {}

void ProgressBar::show(std::int64_t steps, std::int64_t total) {
  if (!on_) return;
  const auto now = Clock::now();
  if (now - shown_ < 100ms) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  fmt::print(stderr, "{}{}", kClearLine, progress_text(steps, total, seconds));
  std::fflush(stderr);
  terminal.bar_is_shown = true;
}

ProgressBar::~ProgressBar() {
  if (!terminal.bar_is_shown) return;
  fmt::print(stderr, "{}", kClearLine);
  std::fflush(stderr);
  terminal.bar_is_shown = false;
}

}  // namespace plexus::cli

#include "plexus/core/log.h"

#include <array>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

constexpr std::array kLevels{"trace", "debug", "info", "warn", "error", "off"};

spdlog::level::level_enum spd(LogLevel level) {
  using enum LogLevel;
  switch (level) {
    case trace: return spdlog::level::trace;
    case debug: return spdlog::level::debug;
    case info: return spdlog::level::info;
    case warn: return spdlog::level::warn;
    case error: return spdlog::level::err;
    case off: return spdlog::level::off;
  }
  return spdlog::level::info;
}

}  // namespace

std::shared_ptr<spdlog::logger> logger() {
  static const auto made = [] {
    auto plexus = std::make_shared<spdlog::logger>(
        "plexus", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    plexus->set_pattern("%^%l%$: %v");
    plexus->set_level(spdlog::level::info);
    return plexus;
  }();
  return made;
}

LogLevel log_level(const std::string& name) {
  for (std::size_t i = 0; i < kLevels.size(); ++i)
    if (name == kLevels[i]) return static_cast<LogLevel>(i);
  const std::vector<std::string> known(kLevels.begin(), kLevels.end());
  throw Error(Error::Kind::config, {}, fmt::format("'{}' is no log level", name),
              did_you_mean(name, known));
}

LogLevel set_log_level(LogLevel level) {
  const spdlog::level::level_enum before = logger()->level();
  logger()->set_level(spd(level));
  for (std::size_t i = 0; i < kLevels.size(); ++i)
    if (spd(static_cast<LogLevel>(i)) == before) return static_cast<LogLevel>(i);
  return LogLevel::info;
}

void log(LogLevel level, const std::string& text) {
  logger()->log(spd(level), text);
}

}  // namespace plexus

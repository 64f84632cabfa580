#pragma once

#include <memory>
#include <string>

#include <fmt/format.h>

namespace spdlog {
class logger;
}

namespace plexus {

/// The one logger of the library, "plexus", on stderr; spdlog's own default logger is never
/// touched. A host program may replace its sinks (core/log.cpp shows how it is made).
std::shared_ptr<spdlog::logger> logger();

enum class LogLevel { trace, debug, info, warn, error, off };
/// Throws Error: config, for a word that is no level.
LogLevel log_level(const std::string& name);
/// Returns the level before.
LogLevel set_log_level(LogLevel level);
void log(LogLevel level, const std::string& text);

template <class... Args>
void log_info(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_warn(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::warn, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_debug(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::debug, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace plexus

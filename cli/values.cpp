#include "plexus/cli/values.h"

#include <cmath>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

namespace plexus::cli {
namespace {

std::optional<double> number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) return {};
  return value;
}

std::string judged(const std::string& text, bool good, const char* expected) {
  return good ? "" : fmt::format("'{}' is not {}", text, expected);
}

}  // namespace

std::string above_zero(const std::string& text) {
  return judged(text, number(text).value_or(0) > 0, "a number > 0");
}
std::string at_least_zero(const std::string& text) {
  return judged(text, number(text).value_or(-1) >= 0, "a number >= 0");
}
std::string at_least_one(const std::string& text) {
  return judged(text, number(text).value_or(0) >= 1, "a number >= 1");
}

std::string seed_word(const std::string& text) {
  const double value = number(text).value_or(-1);
  return judged(text, value >= 0 && value <= 4294967295.0 && value == std::floor(value),
                "an integer from 0 to 4294967295");
}

}  // namespace plexus::cli

#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "plexus/core/shape.h"

namespace plexus::golden {

/// The parts of `text` between `separator`s.
inline std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// A number, all of `text`.
template <class T>
T number_of(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::invalid_argument("no number: " + std::string(text));
  }
  return value;
}

/// A call recorded from the reference, read from an array's name: "uniform;low=0;shape=5x4;seed=1".
/// Arguments are taken out one by one; what is left at the end is an argument the test ignored.
class Call {
 public:
  explicit Call(std::string_view name) {
    auto parts = parts_of(name, ';');
    function_ = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto equals = parts[i].find('=');
      if (equals == std::string::npos) throw std::invalid_argument("no value: " + parts[i]);
      arguments_[parts[i].substr(0, equals)] = parts[i].substr(equals + 1);
    }
  }

  [[nodiscard]] const std::string& function() const { return function_; }
  [[nodiscard]] const std::map<std::string, std::string>& rest() const { return arguments_; }
  [[nodiscard]] bool has(const std::string& name) const { return arguments_.contains(name); }

  std::string take(const std::string& name) {
    const auto found = arguments_.find(name);
    if (found == arguments_.end()) throw std::invalid_argument("lacks " + name);
    std::string value = std::move(found->second);
    arguments_.erase(found);
    return value;
  }

  template <class T>
  T take(const std::string& name) {
    return number_of<T>(take(name));
  }

  /// "3x5", "7", "scalar".
  Shape take_shape() {
    const std::string text = take("shape");
    Shape shape;
    if (text == "scalar") return shape;
    for (const auto& extent : parts_of(text, 'x')) shape.push_back(number_of<std::int64_t>(extent));
    return shape;
  }

 private:
  std::string function_;
  std::map<std::string, std::string> arguments_;
};

/// Passes if |ours - theirs| <= relative |theirs| + absolute for all elements.
inline void expect_near(const std::vector<float>& ours, const std::vector<float>& theirs,
                        double relative, double absolute = 0) {
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto expected = static_cast<double>(theirs[i]);
    const double tolerance = relative * std::abs(expected) + absolute;
    EXPECT_LE(std::abs(static_cast<double>(ours[i]) - expected), tolerance)
        << "element " << i << ": " << ours[i] << ", expected " << theirs[i];
  }
}

}  // namespace plexus::golden

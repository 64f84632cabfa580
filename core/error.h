#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plexus {

/// Where a problem sits: a place in a model file, an object in the circuit, or both.
struct Where {
  std::string file = {};  // empty for circuits built in C++
  int line = 0;           // 1-based, as editors count
  int column = 0;         // 1-based, in characters
  std::string path = {};  // "v1:W:tau_w"
};

/// The one exception that crosses the API. Its text is ready to print: the place in the file or
/// else the circuit, what is wrong, then, on a line of its own, what to do about it.
class Error : public std::runtime_error {
 public:
  enum class Kind { config, wiring, shape, schedule, io };

  Error(Kind kind, Where where, std::string_view problem, std::string_view remedy = {});

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] const Where& where() const noexcept { return where_; }
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  [[nodiscard]] const std::string& remedy() const noexcept { return remedy_; }

 private:
  Kind kind_;
  Where where_;
  std::string problem_, remedy_;
};

/// Levenshtein distance, a transposition of neighbours counting as one edit.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known name nearest to `name`, or "" when none is near (more than 1 + length/5 edits away,
/// or another word altogether, as 'V' of 'W'). Letters that differ only in case count as equal.
std::string nearest(std::string_view name, std::span<const std::string> known);

/// "did you mean 'tau_theta'?" for the nearest known
/// name; else "known are: a, b, c" (cut after 12).
std::string did_you_mean(std::string_view name, std::span<const std::string> known);

}  // namespace plexus

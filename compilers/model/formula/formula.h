#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/formula/arithmetic.h"
#include "plexus/compilers/model/node.h"
#include "plexus/compilers/model/scanner.h"

namespace plexus::model {
namespace detail {
class FormulaParser;
}

/// What a `$(…)` may name.
struct Scope {
  std::map<std::string, Scalar, std::less<>> parameters;
  std::map<std::string, Place, std::less<>> later;  // declared further down
  std::set<std::string, std::less<>> broken;        // without a value, as was reported
  bool in_loop = false;                             // the turn `i` is known
};

/// The arithmetic inside a `$(…)`: + - * / // % ** with Python's precedence and meaning, over
/// integers of 64 bits and reals. Parsed once, with the parameters put in; what may remain unknown
/// is the turn `i` of the loop around it.
class Formula {
 public:
  /// Parses what stands between `$(` and `)`. Problems are reported, then the result is empty.
  static std::optional<Formula> parse(std::string_view text, const Placer& placer,
                                      const Scope& scope, Diagnostics& diagnostics);

  [[nodiscard]] bool depends_on_turn() const noexcept { return depends_on_turn_; }

  /// The value in a loop's turn. Throws Error: config, with its place, where there is none:
  /// a division by zero, an integer beyond 64 bits, a real that is not finite, a root of a
  /// negative number.
  [[nodiscard]] Scalar at(std::int64_t turn = 0) const;

 private:
  friend class detail::FormulaParser;
  struct Step {  // one step of a stack machine
    enum class Code : char { push, turn, negate, operate };
    Code code;
    Scalar value;  // of push
    Place place;
    detail::Operation operation{};  // of operate
  };
  std::vector<Step> steps_;
  bool depends_on_turn_ = false;
};

}  // namespace plexus::model

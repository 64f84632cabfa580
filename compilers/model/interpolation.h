#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/node.h"

namespace plexus::model {

/// What a `$(…)` may name.
struct Scope {
  std::map<std::string, Scalar, std::less<>> parameters;
  std::map<std::string, Place, std::less<>> later;  // declared further down
  std::set<std::string, std::less<>> broken;        // without a value, as was reported
  bool in_loop = false;                             // the turn `i` is known
};

/// Maps a byte range of a text to its place in the file.
using Placer = std::function<Place(std::size_t offset, std::size_t length)>;

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
  friend class FormulaParser;
  struct Step {  // one step of a stack machine
    enum class Code : char {
      push,
      turn,
      negate,
      add,
      subtract,
      multiply,
      divide,
      floor,
      modulo,
      power
    };
    Code code;
    Scalar value;  // of push
    Place place;
  };
  std::vector<Step> steps_;
  bool depends_on_turn_ = false;
};

/// A scalar with `$(…)` in it that depends on a loop's turn.
class Template {
 public:
  using Piece = std::variant<std::string, Formula>;

  explicit Template(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

  /// One whole `$(…)` gives its number; among text, numbers are formatted.
  [[nodiscard]] Scalar at(std::int64_t turn) const;
  /// The formula, if the scalar is one whole `$(…)`; else nullptr.
  [[nodiscard]] const Formula* formula() const noexcept;

 private:
  std::vector<Piece> pieces_;
};

/// Puts the parameters into every `$(…)` of a value and everything below it. What depends on a
/// loop's turn becomes a deferred node; what has a problem is reported and becomes invalid.
Node interpolate(const Node& node, const Scope& scope, Diagnostics& diagnostics);

/// The same for the text of a wire or `set` expression: a `$(…)` that depends on the turn is left
/// in the text, for the expression's own parser.
Node interpolate_expression(const Node& node, const Scope& scope, Diagnostics& diagnostics);

/// Where the `)` of the `$(` at byte `begin` stands, or npos.
std::size_t end_of_formula(std::string_view text, std::size_t begin);

/// A number as it reads inside a text: 0.1, 32 (also for 32.0), 1e-07.
std::string format_scalar(const Scalar& value);

}  // namespace plexus::model

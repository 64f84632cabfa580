#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/interpolation.h"
#include "plexus/compilers/model/node.h"

namespace plexus::model {

/// A dotted path: `W.weights`, `layer1.W.weights`, `cell.Wl_cell.weights`, `W.evolve`.
struct Path {
  std::string text;
  Place place;

  /// All but the last part ("" if there is one part only): the component.
  [[nodiscard]] std::string owner() const;
  /// The last part: the compartment or method.
  [[nodiscard]] std::string leaf() const;
  [[nodiscard]] std::vector<std::string> parts() const;
};

/// What stands before `>>` in a wire, or behind a `set`.
struct Expression {
  enum class Kind { compartment, number, negate, add, subtract, multiply, call };
  struct Option {  // name=value in a call
    std::string name;
    Place place;  // of the name
    double value = 0;
  };

  Kind kind = Kind::number;
  Place place{};                       // of the path, number, operator, or called name
  std::string name{};                  // the compartment's path, or the called operator
  double number = 0;                   // of a number, unless it is a formula
  std::optional<Formula> formula{};    // a number that depends on the loop's turn
  std::vector<Expression> operands{};  // 1 for negate, 2 for add …, any for call
  std::vector<Option> options{};       // of a call

  [[nodiscard]] Path path() const { return {name, place}; }
  /// The number in a loop's turn. Throws Error as Formula::at does, or if it is no number.
  [[nodiscard]] double number_at(std::int64_t turn) const;
  /// The expression as one would write it, e.g. "-(a.z + 2 * b.z)".
  [[nodiscard]] std::string to_string() const;
};

/// `source >> destination`.
struct WireExpression {
  Expression source;
  Path destination;
};

/// Each parses a text node; problems are reported, then the result is empty.
/// `scope` serves a `$(…)` that was left in the text (see interpolate_expression).
std::optional<Expression> parse_expression(const Node& text, const Scope& scope,
                                           Diagnostics& diagnostics);
std::optional<WireExpression> parse_wire(const Node& text, const Scope& scope,
                                         Diagnostics& diagnostics);

/// `a.advance_state >> W.evolve`: methods in turn.
std::optional<std::vector<Path>> parse_chain(const Node& text, Diagnostics& diagnostics);

/// One path of at least `parts` parts.
std::optional<Path> parse_path(const Node& text, std::size_t parts, Diagnostics& diagnostics);

/// A path given by a key.
std::optional<Path> parse_path(const std::string& text, const Place& place, std::size_t parts,
                               Diagnostics& diagnostics);

}  // namespace plexus::model

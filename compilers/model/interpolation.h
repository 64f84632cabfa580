#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/formula/formula.h"
#include "plexus/compilers/model/node.h"

namespace plexus::model {

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

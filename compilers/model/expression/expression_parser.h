#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/compilers/model/expression.h"
#include "plexus/compilers/model/scanner.h"

namespace plexus::model::detail {

/// Recursive descent over the text of a node. Stops at the first problem.
class ExpressionParser : private Scanner {
 public:
  ExpressionParser(const Node& node, const Scope& scope, Diagnostics& diagnostics)
      : Scanner(
            node.text(),
            [&node](std::size_t offset, std::size_t length) {
              return node.place_at(offset, length);
            },
            diagnostics),
        scope_(scope) {
    skip();
  }

  std::optional<Expression> expression();
  std::optional<WireExpression> wire();
  std::optional<std::vector<Path>> chain();
  std::optional<Path> whole_path(std::size_t parts);

 private:
  static constexpr std::size_t kMostOperations = 500;  // of one expression
  static constexpr const char* kWireForm =
      "write `source >> destination`, e.g. `lgn.zF >> W.inputs`";
  static constexpr const char* kChainForm = "write e.g. `lgn.advance_state >> W.advance_state`";

  std::nullopt_t unexpected_in(std::string remedy);
  std::nullopt_t unexpected();
  [[nodiscard]] std::size_t end_of_text() const;
  std::optional<Expression> sum();
  std::optional<Expression> product();
  std::optional<Expression> binary(Expression::Kind kind, std::size_t at, Expression left,
                                   Expression right);
  std::optional<Expression> factor();
  std::optional<Expression> primary();
  std::nullopt_t not_closed(std::size_t at);
  [[nodiscard]] std::size_t word_length() const;
  std::optional<Path> path(std::size_t parts, std::string_view form = "NAME.COMPARTMENT");
  std::optional<Expression> number();
  std::optional<Expression> formula();
  std::optional<Expression> call(std::size_t length, std::size_t bracket);
  bool argument(Expression& call);

  const Scope& scope_;
  std::size_t operand_end_ = 0;  // behind the last number
  std::size_t operations_ = 0;
  int depth_ = 0, calls_ = 0;
};

}  // namespace plexus::model::detail

#include <fmt/format.h>

#include "plexus/compilers/model/expression.h"
#include "plexus/compilers/model/expression/expression_parser.h"

namespace plexus::model {
namespace {

/// The text of a node to be parsed; reports what is none.
bool is_text(const Node& node, std::string_view what, Diagnostics& diagnostics) {
  if (node.is(Node::Kind::invalid)) return false;
  if (node.is(Node::Kind::text)) return true;
  const bool flow = node.is(Node::Kind::mapping);
  diagnostics.error(node.place(), fmt::format("{} is {}", what, node.summary()),
                    flow ? "a text with ': ' or braces in it needs quotes" : "a text is expected");
  return false;
}

const Scope kNoScope;

}  // namespace

std::optional<Expression> parse_expression(const Node& text, const Scope& scope,
                                           Diagnostics& diagnostics) {
  if (text.is_number()) return Expression{.place = text.place(), .number = text.real()};
  if (!is_text(text, "the expression", diagnostics)) return {};
  return detail::ExpressionParser(text, scope, diagnostics).expression();
}

std::optional<WireExpression> parse_wire(const Node& text, const Scope& scope,
                                         Diagnostics& diagnostics) {
  if (!is_text(text, "the wire", diagnostics)) return {};
  return detail::ExpressionParser(text, scope, diagnostics).wire();
}

std::optional<std::vector<Path>> parse_chain(const Node& text, Diagnostics& diagnostics) {
  if (!is_text(text, "the process", diagnostics)) return {};
  return detail::ExpressionParser(text, kNoScope, diagnostics).chain();
}

std::optional<Path> parse_path(const Node& text, std::size_t parts, Diagnostics& diagnostics) {
  if (!is_text(text, "the compartment", diagnostics)) return {};
  return detail::ExpressionParser(text, kNoScope, diagnostics).whole_path(parts);
}

std::optional<Path> parse_path(const std::string& text, const Place& place, std::size_t parts,
                               Diagnostics& diagnostics) {
  return parse_path(Node{place, text, text}, parts, diagnostics);
}

}  // namespace plexus::model

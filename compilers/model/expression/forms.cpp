// What texts may be as a whole: expressions, wires, chains, paths.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/expression/expression_parser.h"
#include "plexus/compilers/model/words.h"

namespace plexus::model::detail {
std::optional<Expression> ExpressionParser::expression() {
  auto out = sum();
  if (out && at_ < text_.size()) return unexpected();
  return out;
}

std::optional<WireExpression> ExpressionParser::wire() {
  if (at_end()) return fail(0, 1, "a wire is empty", kWireForm);
  auto source = sum();
  if (!source) return {};
  if (at_end()) return fail(end_of_text(), 1, "this wire has no destination", kWireForm);
  if (starts_with("<<") || starts_with("->") || starts_with("=>"))
    return fail(at_, 2, fmt::format("'{}' is no wire", text_.substr(at_, 2)), kWireForm);
  if (!accept(">>")) return unexpected();
  if (at_end()) return fail(end_of_text(), 1, "this wire has no destination", kWireForm);
  auto destination = path(2);
  if (!destination) return {};
  if (starts_with(">>"))
    return fail(at_, 2, "a wire has one destination",
                "write a wire of its own for each destination");
  if (at_ < text_.size()) return unexpected();
  return WireExpression{std::move(*source), std::move(*destination)};
}

std::optional<std::vector<Path>> ExpressionParser::chain() {
  std::vector<Path> out;
  if (at_end()) return fail(0, 1, "a process is empty", kChainForm);
  do {
    if (at_end()) return fail(end_of_text(), 1, "a method is missing behind '>>'", kChainForm);
    auto method = path(2, "NAME.METHOD");
    if (!method) return {};
    out.push_back(std::move(*method));
  } while (accept(">>"));
  if (at_ < text_.size()) return unexpected_in("methods are joined by '>>'");
  return out;
}

std::optional<Path> ExpressionParser::whole_path(std::size_t parts) {
  if (at_end()) return fail(0, 1, "a name is missing");
  auto out = path(parts);
  if (out && at_ < text_.size())
    return unexpected_in("here stands one compartment, not an expression");
  return out;
}

std::optional<Path> ExpressionParser::path(std::size_t parts, std::string_view form) {
  const std::size_t at = at_, length = word_length();
  if (length == 0) return unexpected_in(fmt::format("here stands {}", form));
  const std::string word{text_.substr(at, length)};
  Path out{word, place(at, length)};
  const auto names = out.parts();
  if (names.size() < parts && at + length < text_.size() && text_[at + length] == ':') {
    at_ += length;
    return unexpected_in({});  // a path with colons
  }
  if (!std::ranges::all_of(names, is_name))
    return fail(at, length, fmt::format("'{}' is no path", word),
                fmt::format("write {}: names of letters, digits and _, joined by dots", form));
  if (names.size() < parts)
    return fail(
        at, length,
        fmt::format("'{}' names no {}", word, form == "NAME.METHOD" ? "method" : "compartment"),
        fmt::format("write {}, e.g. {}.{}{}", form, word,
                    form == "NAME.METHOD" ? "advance_state" : "z",
                    form == "NAME.METHOD" ? "; processes are put together by {join: […]}" : ""));
  at_ += length;
  skip();
  return out;
}

std::nullopt_t ExpressionParser::unexpected_in(std::string remedy) {
  if (at_end())
    return fail(end_of_text(), 1, "the text ends where a compartment, number or ( is due",
                std::move(remedy));
  if (text_[at_] == ':')
    return fail(at_, 1, "':' is not expected here",
                "join the parts of a path by dots: layer1.W.weights");
  return fail(at_, character().size(), fmt::format("'{}' is not expected here", character()),
              std::move(remedy));
}

std::nullopt_t ExpressionParser::unexpected() {
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  if (c == '/') return unexpected_in("to divide, multiply by the inverse: $(1 / 3) * a.z");
  if (c == '>') return unexpected_in(kWireForm);
  if (c == ',' && calls_ == 0)
    return unexpected_in("commas separate the arguments of an operator only");
  return unexpected_in("expressions know + - *, parentheses, and operators called by name");
}

/// The last byte that is no blank.
std::size_t ExpressionParser::end_of_text() const {
  const std::size_t last = text_.find_last_not_of(" \t\n");
  return last == std::string_view::npos ? 0 : last;
}

}  // namespace plexus::model::detail

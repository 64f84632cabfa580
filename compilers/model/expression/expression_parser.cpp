#include "plexus/compilers/model/expression/expression_parser.h"

#include <cmath>
#include <limits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/interpolation.h"
#include "plexus/compilers/model/words.h"

namespace plexus::model::detail {
namespace {

constexpr int kDeepest = 100;  // parentheses and signs

bool digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<Expression> ExpressionParser::sum() {
  auto left = product();
  while (left) {
    const std::size_t at = at_;
    if (starts_with("->")) return left;
    Expression::Kind kind{};
    if (accept("+"))
      kind = Expression::Kind::add;
    else if (accept("-"))
      kind = Expression::Kind::subtract;
    else
      return left;
    auto right = product();
    if (!right) return {};
    left = binary(kind, at, std::move(*left), std::move(*right));
  }
  return left;
}

std::optional<Expression> ExpressionParser::product() {
  auto left = factor();
  while (left) {
    const std::size_t at = at_;
    if (starts_with("**")) return unexpected_in("expressions know no powers");
    if (!accept("*")) return left;
    auto right = factor();
    if (!right) return {};
    left = binary(Expression::Kind::multiply, at, std::move(*left), std::move(*right));
  }
  return left;
}

std::optional<Expression> ExpressionParser::binary(Expression::Kind kind, std::size_t at,
                                                   Expression left, Expression right) {
  if (++operations_ > kMostOperations)
    return fail(
        at, 1, fmt::format("the expression is too long: more than {} operations", kMostOperations));
  Expression out{.kind = kind, .place = place(at)};
  out.operands.push_back(std::move(left));
  out.operands.push_back(std::move(right));
  return out;
}

std::optional<Expression> ExpressionParser::factor() {
  const std::size_t at = at_;
  if (++depth_ > kDeepest) return fail(at, 1, "the expression is nested too deeply");
  std::optional<Expression> out;
  if (accept("-")) {
    if (auto operand = factor()) {
      if (operand->kind == Expression::Kind::number && !operand->formula && operand->number >= 0 &&
          digit(text_[at + 1])) {
        operand->number = -operand->number;
        operand->place = place(at, operand_end_ - at);
        out = std::move(operand);
      } else {
        out = Expression{.kind = Expression::Kind::negate, .place = place(at)};
        out->operands.push_back(std::move(*operand));
      }
    }
  } else {
    out = primary();
  }
  --depth_;
  return out;
}

std::optional<Expression> ExpressionParser::primary() {
  const std::size_t at = at_;
  if (at == text_.size()) return unexpected();
  if (accept("(")) {
    auto inner = sum();
    if (!inner || accept(")")) return inner;
    return at_end() || starts_with(">>") ? not_closed(at) : unexpected();
  }
  if (starts_with("$(")) return formula();
  if (digit(text_[at]) || text_[at] == '.') return number();
  if (!is_name(text_.substr(at, 1))) return unexpected();
  const std::size_t length = word_length();
  const std::size_t next = behind_blanks(at + length);
  if (next < text_.size() && text_[next] == '(') return call(length, next);
  const auto compartment = path(2);
  if (!compartment) return {};
  return Expression{.kind = Expression::Kind::compartment,
                    .place = compartment->place,
                    .name = compartment->text};
}

std::nullopt_t ExpressionParser::not_closed(std::size_t at) {
  return fail(at, 1, "this ( is not closed",
              "a ) is missing; inside [ ] or { } a text with commas needs quotes");
}

/// Letters, digits, `_` and dots from here on.
std::size_t ExpressionParser::word_length() const {
  std::size_t length = 0;
  while (at_ + length < text_.size()) {
    const char c = text_[at_ + length];
    if (c != '.' && !digit(c) && !is_name(std::string_view{&c, 1})) break;
    ++length;
  }
  return length;
}

std::optional<Expression> ExpressionParser::number() {
  const std::size_t at = at_;
  std::size_t end = at;
  const auto is_part = [&](char c) {
    if (digit(c) || c == '.' || is_name(std::string_view{&c, 1})) return true;
    return (c == '+' || c == '-') && end > at && (text_[end - 1] | 0x20) == 'e' &&
           text_.substr(at, 2) != "0x";
  };
  while (end < text_.size() && is_part(text_[end])) ++end;
  const std::string_view word = text_.substr(at, end - at);
  const auto value = resolve_plain(word);
  if (!value) return fail(at, word.size(), fmt::format("the number {} is out of range", word));
  Expression out{.place = place(at, word.size())};
  if (const auto* integer = std::get_if<std::int64_t>(&*value))
    out.number = static_cast<double>(*integer);
  else if (const auto* real = std::get_if<double>(&*value))
    out.number = *real;
  else
    return fail(at, word.size(), fmt::format("'{}' is neither a number nor a path", word),
                "names begin with a letter or _");
  if (!(std::abs(out.number) <= std::numeric_limits<float>::max()))
    return fail(at, word.size(), fmt::format("{} is no finite number", word));
  at_ = operand_end_ = end;
  skip();
  return out;
}

/// A `$(…)` that depends on the loop's turn.
std::optional<Expression> ExpressionParser::formula() {
  const std::size_t at = at_, end = end_of_formula(text_, at);
  if (end == std::string_view::npos) return not_closed(at + 1);
  const auto placer = [&](std::size_t offset, std::size_t length) {
    return place(at + 2 + offset, length);
  };
  Expression out{.place = place(at, end + 1 - at)};
  out.formula = Formula::parse(text_.substr(at + 2, end - at - 2), placer, scope_, diagnostics());
  if (!out.formula) return {};
  at_ = end + 1;
  skip();
  return out;
}

}  // namespace plexus::model::detail

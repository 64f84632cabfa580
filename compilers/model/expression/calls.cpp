// Operators called by name.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/expression/expression_parser.h"
#include "plexus/compilers/model/words.h"

namespace plexus::model::detail {

std::optional<Expression> ExpressionParser::call(std::size_t length, std::size_t bracket) {
  const std::size_t at = at_;
  Expression out{.kind = Expression::Kind::call,
                 .place = place(at, length),
                 .name = std::string{text_.substr(at, length)}};
  if (!is_name(out.name))
    return fail(at, length, fmt::format("'{}' is no operator's name", out.name),
                "operators are called as in Scale(a.z, 2)");
  at_ = bracket;
  accept("(");
  ++calls_;
  if (!accept(")")) {
    do {
      if (++operations_ > kMostOperations) return fail(at_, 1, "the expression is too long");
      if (!argument(out)) return {};
    } while (accept(","));
    if (at_end() || starts_with(">>")) return not_closed(bracket);
    if (!accept(")")) return unexpected();
  }
  --calls_;
  return out;
}

bool ExpressionParser::argument(Expression& call) {
  const std::size_t at = at_, length = word_length();
  const std::size_t next = behind_blanks(at + length);
  if (length == 0 || next >= text_.size() || text_[next] != '=') {
    if (!call.options.empty()) {
      fail(at, std::max<std::size_t>(length, 1), "an unnamed argument behind a named one",
           "name it, or put it before");
      return false;
    }
    auto operand = sum();
    if (operand) call.operands.push_back(std::move(*operand));
    return operand.has_value();
  }
  Expression::Option option{std::string{text_.substr(at, length)}, place(at, length), 0};
  if (!is_name(option.name)) {
    fail(at, length, fmt::format("'{}' is no name of an option", option.name));
    return false;
  }
  if (std::ranges::find(call.options, option.name, &Expression::Option::name) !=
      call.options.end()) {
    fail(at, length, fmt::format("the option '{}' comes twice", option.name),
         "keep one of the two");
    return false;
  }
  at_ = next;
  accept("=");
  const std::size_t begin = at_;
  const auto value = factor();
  if (!value) return false;
  if (value->kind != Expression::Kind::number || value->formula) {
    fail(begin, 1, fmt::format("the option '{}' needs a fixed number", option.name));
    return false;
  }
  option.value = value->number;
  call.options.push_back(std::move(option));
  return true;
}

}  // namespace plexus::model::detail

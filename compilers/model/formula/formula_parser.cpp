#include "plexus/compilers/model/formula/formula_parser.h"

#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/words.h"

namespace plexus::model::detail {
namespace {

constexpr int kDeepest = 100;  // parentheses and signs

}  // namespace

std::optional<Formula> FormulaParser::run() {
  skip();
  if (at_end())
    return fail(0, 1, "there is nothing in $( )",
                "write a parameter or arithmetic, e.g. $(n_in // 2)");
  if (!sum()) return {};
  if (at_ < text_.size()) return unexpected();
  return std::move(formula_);
}

bool FormulaParser::sum() {
  if (!product()) return false;
  for (;;) {
    const std::size_t at = at_;
    if (accept("+")) {
      if (!product() || !apply(Operation::add, at, 1)) return false;
    } else if (accept("-")) {
      if (!product() || !apply(Operation::subtract, at, 1)) return false;
    } else {
      return true;
    }
  }
}

bool FormulaParser::product() {
  if (!factor()) return false;
  for (;;) {
    const std::size_t at = at_;
    if (starts_with("**")) return true;  // power() took what it could
    if (accept("*")) {
      if (!factor() || !apply(Operation::multiply, at, 1)) return false;
    } else if (accept("//")) {
      if (!factor() || !apply(Operation::floor, at, 2)) return false;
    } else if (accept("/")) {
      if (!factor() || !apply(Operation::divide, at, 1)) return false;
    } else if (accept("%")) {
      if (!factor() || !apply(Operation::modulo, at, 1)) return false;
    } else {
      return true;
    }
  }
}

bool FormulaParser::factor() {
  const std::size_t at = at_;
  if (++depth_ > kDeepest) return refuse(at, 1, "the arithmetic is nested too deeply");
  bool good = false;
  if (accept("-"))
    good = factor() && apply_negate(at);
  else if (accept("+"))
    good = factor() && need_numbers(1);
  else
    good = power();
  --depth_;
  return good;
}

/// Binds tighter than a sign before it, looser than one behind it: -2 ** -2 is -(2 ** (-2)).
bool FormulaParser::power() {
  if (!primary()) return false;
  const std::size_t at = at_;
  return !accept("**") || (factor() && apply(Operation::power, at, 2));
}

bool FormulaParser::primary() {
  const std::size_t at = at_;
  if (accept("(")) {
    if (!sum()) return false;
    if (accept(")")) return true;
    if (at_ < text_.size()) return unexpected(), false;
    return refuse(at, 1, "this ( is not closed");
  }
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  if ((c >= '0' && c <= '9') || c == '.') return number();
  const std::size_t length = name_length();
  if (length == 0) return unexpected(), false;
  return name(text_.substr(at, length));
}

std::size_t FormulaParser::name_length() const {
  std::size_t length = 0;
  while (at_ + length < text_.size() && is_name(text_.substr(at_, length + 1))) ++length;
  return length;
}

bool FormulaParser::number() {
  const std::size_t at = at_;
  const auto is_part = [&](char c) {
    if ((c >= '0' && c <= '9') || c == '.' || (c | 0x20) == 'e' || is_name(std::string_view{&c, 1}))
      return true;
    const bool based = text_.substr(at, 2) == "0x" || text_.substr(at, 2) == "0o";
    return (c == '+' || c == '-') && !based && (text_[at_ - 1] | 0x20) == 'e';
  };
  while (at_ < text_.size() && is_part(text_[at_])) ++at_;
  const std::string_view digits = text_.substr(at, at_ - at);
  const auto value = resolve_plain(digits);
  if (!value)
    return refuse(at, digits.size(), fmt::format("the number {} is out of range", digits));
  if (!is_number(*value))
    return refuse(at, digits.size(), fmt::format("'{}' is no number", digits),
                  "names begin with a letter or _");
  skip();
  return push({Code::push, *value, place(at, digits.size())});
}

bool FormulaParser::name(std::string_view name) {
  const std::size_t at = at_;
  at_ += name.size();
  skip();
  if (at_ < text_.size() && text_[at_] == '(')
    return refuse(at, name.size(), fmt::format("$(…) has no functions, so no '{}'", name),
                  name == "sqrt" ? "write x ** 0.5" : "it knows + - * / // % ** and parentheses");
  const Place here = place(at, name.size());
  if (name == "i") {
    if (!scope_.in_loop)
      return refuse(at, 1, "'i' is the turn of a loop, and there is no loop here",
                    "use it below the `do` of a for or a repeat");
    formula_.depends_on_turn_ = true;
    return push({Code::turn, {}, here});
  }
  if (const auto found = scope_.parameters.find(name); found != scope_.parameters.end())
    return push({Code::push, found->second, here});
  if (scope_.broken.contains(name)) return false;
  if (const auto found = scope_.later.find(name); found != scope_.later.end())
    return refuse(at, name.size(),
                  fmt::format("parameter '{}' is declared further down, in line {}", name,
                              found->second.line),
                  "parameters may use earlier ones: move it up");
  std::vector<std::string> known;
  for (const auto& [parameter, value] : scope_.parameters) known.push_back(parameter);
  known.insert(known.end(), scope_.broken.begin(), scope_.broken.end());
  if (scope_.in_loop) known.emplace_back("i");
  const std::string remedy = did_you_mean(name, known);
  return refuse(at, name.size(), fmt::format("there is no parameter '{}'", name),
                remedy.empty() ? fmt::format("declare it: `parameters: {{{}: 1}}`", name) : remedy);
}

std::nullopt_t FormulaParser::unexpected() {
  if (at_end())
    return fail(text_.size() - 1, 1, "the arithmetic ends where a number or a name is due");
  return fail(at_, character().size(), fmt::format("'{}' is not expected here", character()),
              "$(…) knows + - * / // % ** and parentheses, over numbers, parameters and, in a "
              "loop, its turn i");
}

}  // namespace plexus::model::detail

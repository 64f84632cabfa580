#include "plexus/compilers/model/expression.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/model/yaml.h"

namespace plexus::model {
namespace {

constexpr std::size_t kMostOperations = 500;  // of one expression
constexpr int kDeepest = 100;                 // parentheses and signs

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Recursive descent over the text of a node. Stops at the first problem.
class Parser {
 public:
  Parser(const Node& node, const Scope& scope, Diagnostics& diagnostics)
      : node_(node), text_(node.text()), scope_(scope), diagnostics_(diagnostics) {
    skip();
  }

  std::optional<Expression> expression() {
    auto out = sum();
    if (out && at_ < text_.size()) return unexpected();
    return out;
  }

  std::optional<WireExpression> wire() {
    if (at_ == text_.size()) return fail(0, 1, "a wire is empty", kWireForm);
    auto source = sum();
    if (!source) return {};
    if (at_ == text_.size())
      return fail(end_of_text(), 1, "this wire has no destination", kWireForm);
    if (starts_with("<<") || starts_with("->") || starts_with("=>"))
      return fail(at_, 2, fmt::format("'{}' is no wire", text_.substr(at_, 2)), kWireForm);
    if (!accept(">>")) return unexpected();
    if (at_ == text_.size())
      return fail(end_of_text(), 1, "this wire has no destination", kWireForm);
    auto destination = path(2);
    if (!destination) return {};
    if (starts_with(">>"))
      return fail(at_, 2, "a wire has one destination",
                  "write a wire of its own for each destination");
    if (at_ < text_.size()) return unexpected();
    return WireExpression{std::move(*source), std::move(*destination)};
  }

  std::optional<std::vector<Path>> chain() {
    std::vector<Path> out;
    if (at_ == text_.size()) return fail(0, 1, "a process is empty", kChainForm);
    do {
      if (at_ == text_.size())
        return fail(end_of_text(), 1, "a method is missing behind '>>'", kChainForm);
      auto method = path(2, "NAME.METHOD");
      if (!method) return {};
      out.push_back(std::move(*method));
    } while (accept(">>"));
    if (at_ < text_.size()) return unexpected_in("methods are joined by '>>'");
    return out;
  }

  std::optional<Path> whole_path(std::size_t parts) {
    if (at_ == text_.size()) return fail(0, 1, "a name is missing");
    auto out = path(parts);
    if (out && at_ < text_.size())
      return unexpected_in("here stands one compartment, not an expression");
    return out;
  }

 private:
  static constexpr const char* kWireForm =
      "write `source >> destination`, e.g. `lgn.zF >> W.inputs`";
  static constexpr const char* kChainForm = "write e.g. `lgn.advance_state >> W.advance_state`";

  std::nullopt_t fail(std::size_t at, std::size_t length, std::string problem,
                      std::string remedy = {}) {
    diagnostics_.error(node_.place_at(at, length), std::move(problem), std::move(remedy));
    return std::nullopt;
  }

  std::nullopt_t unexpected_in(std::string remedy) {
    if (at_ == text_.size())
      return fail(end_of_text(), 1, "the text ends where a compartment, number or ( is due",
                  std::move(remedy));
    if (text_[at_] == ':')
      return fail(at_, 1, "':' is not expected here",
                  "join the parts of a path by dots: layer1.W.weights");
    std::size_t length = 1;
    while (at_ + length < text_.size() &&
           (static_cast<unsigned char>(text_[at_ + length]) & 0xC0U) == 0x80U)
      ++length;
    return fail(at_, length, fmt::format("'{}' is not expected here", text_.substr(at_, length)),
                std::move(remedy));
  }

  std::nullopt_t unexpected() {
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (c == '/') return unexpected_in("to divide, multiply by the inverse: $(1 / 3) * a.z");
    if (c == '>') return unexpected_in(kWireForm);
    if (c == ',' && calls_ == 0)
      return unexpected_in("commas separate the arguments of an operator only");
    return unexpected_in("expressions know + - *, parentheses, and operators called by name");
  }

  /// The last byte that is no blank.
  [[nodiscard]] std::size_t end_of_text() const {
    const std::size_t last = text_.find_last_not_of(" \t\n");
    return last == std::string_view::npos ? 0 : last;
  }

  void skip() {
    while (at_ < text_.size() && blank(text_[at_])) ++at_;
  }
  [[nodiscard]] bool starts_with(std::string_view sign) const {
    return text_.substr(at_).starts_with(sign);
  }
  bool accept(std::string_view sign) {
    if (!starts_with(sign)) return false;
    at_ += sign.size();
    skip();
    return true;
  }

  std::optional<Expression> sum() {
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

  std::optional<Expression> product() {
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

  std::optional<Expression> binary(Expression::Kind kind, std::size_t at, Expression left,
                                   Expression right) {
    if (++operations_ > kMostOperations)
      return fail(
          at, 1,
          fmt::format("the expression is too long: more than {} operations", kMostOperations));
    Expression out{.kind = kind, .place = node_.place_at(at)};
    out.operands.push_back(std::move(left));
    out.operands.push_back(std::move(right));
    return out;
  }

  std::optional<Expression> factor() {
    const std::size_t at = at_;
    if (++depth_ > kDeepest) return fail(at, 1, "the expression is nested too deeply");
    std::optional<Expression> out;
    if (accept("-")) {
      if (auto operand = factor()) {
        if (operand->kind == Expression::Kind::number && !operand->formula &&
            operand->number >= 0 && digit(text_[at + 1])) {
          operand->number = -operand->number;
          operand->place = node_.place_at(at, operand_end_ - at);
          out = std::move(operand);
        } else {
          out = Expression{.kind = Expression::Kind::negate, .place = node_.place_at(at)};
          out->operands.push_back(std::move(*operand));
        }
      }
    } else {
      out = primary();
    }
    --depth_;
    return out;
  }

  std::optional<Expression> primary() {
    const std::size_t at = at_;
    if (at == text_.size()) return unexpected();
    if (accept("(")) {
      auto inner = sum();
      if (!inner || accept(")")) return inner;
      return at_ == text_.size() || starts_with(">>") ? not_closed(at) : unexpected();
    }
    if (starts_with("$(")) return formula();
    if (digit(text_[at]) || text_[at] == '.') return number();
    if (!is_name(text_.substr(at, 1))) return unexpected();
    const std::size_t length = word_length();
    std::size_t next = at + length;
    while (next < text_.size() && blank(text_[next])) ++next;
    if (next < text_.size() && text_[next] == '(') return call(length, next);
    const auto compartment = path(2);
    if (!compartment) return {};
    return Expression{.kind = Expression::Kind::compartment,
                      .place = compartment->place,
                      .name = compartment->text};
  }

  std::nullopt_t not_closed(std::size_t at) {
    return fail(at, 1, "this ( is not closed",
                "a ) is missing; inside [ ] or { } a text with commas needs quotes");
  }

  /// Letters, digits, `_` and dots from here on.
  [[nodiscard]] std::size_t word_length() const {
    std::size_t length = 0;
    while (at_ + length < text_.size()) {
      const char c = text_[at_ + length];
      if (c != '.' && !digit(c) && !is_name(std::string_view{&c, 1})) break;
      ++length;
    }
    return length;
  }

  std::optional<Path> path(std::size_t parts, std::string_view form = "NAME.COMPARTMENT") {
    const std::size_t at = at_, length = word_length();
    if (length == 0) return unexpected_in(fmt::format("here stands {}", form));
    const std::string word{text_.substr(at, length)};
    Path out{word, node_.place_at(at, length)};
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

  std::optional<Expression> number() {
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
    Expression out{.place = node_.place_at(at, word.size())};
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
  std::optional<Expression> formula() {
    const std::size_t at = at_, end = end_of_formula(text_, at);
    if (end == std::string_view::npos) return not_closed(at + 1);
    const auto placer = [&](std::size_t offset, std::size_t length) {
      return node_.place_at(at + 2 + offset, length);
    };
    Expression out{.place = node_.place_at(at, end + 1 - at)};
    out.formula = Formula::parse(text_.substr(at + 2, end - at - 2), placer, scope_, diagnostics_);
    if (!out.formula) return {};
    at_ = end + 1;
    skip();
    return out;
  }

  std::optional<Expression> call(std::size_t length, std::size_t bracket) {
    const std::size_t at = at_;
    Expression out{.kind = Expression::Kind::call,
                   .place = node_.place_at(at, length),
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
      if (at_ == text_.size() || starts_with(">>")) return not_closed(bracket);
      if (!accept(")")) return unexpected();
    }
    --calls_;
    return out;
  }

  bool argument(Expression& call) {
    const std::size_t at = at_, length = word_length();
    std::size_t next = at + length;
    while (next < text_.size() && blank(text_[next])) ++next;
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
    Expression::Option option{std::string{text_.substr(at, length)}, node_.place_at(at, length), 0};
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

  const Node& node_;
  std::string_view text_;
  const Scope& scope_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t operand_end_ = 0;  // behind the last number
  std::size_t operations_ = 0;
  int depth_ = 0, calls_ = 0;
};

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

int strength(const Expression& expression) {
  using Kind = Expression::Kind;
  switch (expression.kind) {
    case Kind::add:
    case Kind::subtract: return 1;
    case Kind::multiply: return 2;
    case Kind::negate: return 3;
    case Kind::number: return expression.number < 0 ? 3 : 4;
    default: return 4;
  }
}

std::string enclosed(const Expression& expression, int at_least) {
  const std::string text = expression.to_string();
  return strength(expression) < at_least ? fmt::format("({})", text) : text;
}

}  // namespace

std::vector<std::string> Path::parts() const {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (std::size_t dot; (dot = text.find('.', begin)) != std::string::npos; begin = dot + 1)
    out.push_back(text.substr(begin, dot - begin));
  out.push_back(text.substr(begin));
  return out;
}

std::string Path::owner() const {
  const std::size_t dot = text.rfind('.');
  return dot == std::string::npos ? std::string{} : text.substr(0, dot);
}

std::string Path::leaf() const {
  const std::size_t dot = text.rfind('.');
  return dot == std::string::npos ? text : text.substr(dot + 1);
}

double Expression::number_at(std::int64_t turn) const {
  assert(kind == Kind::number);
  if (!formula) return number;
  const Scalar value = formula->at(turn);
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer ? static_cast<double>(*integer) : std::get<double>(value);
}

std::string Expression::to_string() const {
  switch (kind) {
    case Kind::compartment: return name;
    case Kind::number: return formula ? "$(…)" : format_scalar(number);
    case Kind::negate: return fmt::format("-{}", enclosed(operands[0], 3));
    case Kind::add:
      return fmt::format("{} + {}", enclosed(operands[0], 1), enclosed(operands[1], 2));
    case Kind::subtract:
      return fmt::format("{} - {}", enclosed(operands[0], 1), enclosed(operands[1], 2));
    case Kind::multiply:
      return fmt::format("{} * {}", enclosed(operands[0], 2), enclosed(operands[1], 3));
    default: break;
  }
  std::vector<std::string> arguments;
  for (const Expression& operand : operands) arguments.push_back(operand.to_string());
  for (const Option& option : options)
    arguments.push_back(fmt::format("{}={}", option.name, format_scalar(option.value)));
  return fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

std::optional<Expression> parse_expression(const Node& text, const Scope& scope,
                                           Diagnostics& diagnostics) {
  if (text.is_number()) return Expression{.place = text.place(), .number = text.real()};
  if (!is_text(text, "the expression", diagnostics)) return {};
  return Parser(text, scope, diagnostics).expression();
}

std::optional<WireExpression> parse_wire(const Node& text, const Scope& scope,
                                         Diagnostics& diagnostics) {
  if (!is_text(text, "the wire", diagnostics)) return {};
  return Parser(text, scope, diagnostics).wire();
}

std::optional<std::vector<Path>> parse_chain(const Node& text, Diagnostics& diagnostics) {
  if (!is_text(text, "the process", diagnostics)) return {};
  return Parser(text, kNoScope, diagnostics).chain();
}

std::optional<Path> parse_path(const Node& text, std::size_t parts, Diagnostics& diagnostics) {
  if (!is_text(text, "the compartment", diagnostics)) return {};
  return Parser(text, kNoScope, diagnostics).whole_path(parts);
}

std::optional<Path> parse_path(const std::string& text, const Place& place, std::size_t parts,
                               Diagnostics& diagnostics) {
  return parse_path(Node{place, text, text}, parts, diagnostics);
}

}  // namespace plexus::model

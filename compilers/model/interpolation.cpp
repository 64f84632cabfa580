#include "plexus/compilers/model/interpolation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/yaml.h"

namespace plexus::model {
namespace {

constexpr std::size_t kMostSteps = 1000;  // of one formula
constexpr int kDeepest = 100;             // parentheses and signs

/// What an operation gives, or why it gives nothing.
struct Outcome {
  Scalar value;
  std::string problem;  // "" if there is a value
};

const char* const kBeyond = "the integer does not fit 64 bits";
const char* const kNotFinite = "the result is not finite";
const char* const kByZero = "division by zero";

bool is_number(const Scalar& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

double as_real(const Scalar& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer ? static_cast<double>(*integer) : std::get<double>(value);
}

Outcome integer_power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  while (exponent > 0) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) return {{}, kBeyond};
    exponent >>= 1;
    if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) return {{}, kBeyond};
  }
  return {result, {}};
}

/// Python's floor division and remainder of reals: the remainder has the divisor's sign.
std::pair<double, double> floor_divide(double a, double b) {
  double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0) {
    if ((b < 0) != (remainder < 0)) {
      remainder += b;
      quotient -= 1;
    }
  } else {
    remainder = std::copysign(0.0, b);
  }
  if (quotient == 0) return {std::copysign(0.0, a / b), remainder};
  const double floor = std::floor(quotient);
  return {quotient - floor > 0.5 ? floor + 1 : floor, remainder};
}

template <typename Code>
Outcome integer_operation(Code code, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (code) {
    case Code::add:
      return __builtin_add_overflow(a, b, &result) ? Outcome{{}, kBeyond} : Outcome{result, {}};
    case Code::subtract:
      return __builtin_sub_overflow(a, b, &result) ? Outcome{{}, kBeyond} : Outcome{result, {}};
    case Code::multiply:
      return __builtin_mul_overflow(a, b, &result) ? Outcome{{}, kBeyond} : Outcome{result, {}};
    case Code::floor:
      if (b == 0) return {{}, kByZero};
      if (b == -1)
        return __builtin_sub_overflow(std::int64_t{0}, a, &result) ? Outcome{{}, kBeyond}
                                                                   : Outcome{result, {}};
      return {a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0), {}};
    case Code::modulo: {
      if (b == 0) return {{}, kByZero};
      if (b == -1) return {std::int64_t{0}, {}};
      const std::int64_t remainder = a % b;
      return {remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder, {}};
    }
    default: return integer_power(a, b);
  }
}

template <typename Code>
Outcome real_operation(Code code, double a, double b) {
  double result = 0;
  switch (code) {
    case Code::add: result = a + b; break;
    case Code::subtract: result = a - b; break;
    case Code::multiply: result = a * b; break;
    case Code::divide:
      if (b == 0) return {{}, kByZero};
      result = a / b;
      break;
    case Code::floor:
      if (b == 0) return {{}, kByZero};
      result = floor_divide(a, b).first;
      break;
    case Code::modulo:
      if (b == 0) return {{}, kByZero};
      result = floor_divide(a, b).second;
      break;
    default:
      if (a == 0 && b < 0) return {{}, kByZero};
      if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::trunc(b))
        return {{}, "a broken power of a negative number is no real number"};
      result = std::pow(a, b);
  }
  if (!std::isfinite(result) && std::isfinite(a) && std::isfinite(b)) return {{}, kNotFinite};
  return {result, {}};
}

template <typename Code>
Outcome operate(Code code, const Scalar& a, const Scalar& b) {
  const auto* m = std::get_if<std::int64_t>(&a);
  const auto* n = std::get_if<std::int64_t>(&b);
  const bool integers = m && n && code != Code::divide && !(code == Code::power && *n < 0);
  return integers ? integer_operation(code, *m, *n) : real_operation(code, as_real(a), as_real(b));
}

Outcome negate(const Scalar& a) {
  if (const auto* integer = std::get_if<std::int64_t>(&a)) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, *integer, &result)) return {{}, kBeyond};
    return {result, {}};
  }
  return {-std::get<double>(a), {}};
}

}  // namespace

// ---- parsing ------------------------------------------------------------------------------------

/// Recursive descent; each operation is folded as soon as its operands are known.
class FormulaParser {
 public:
  FormulaParser(std::string_view text, const Placer& placer, const Scope& scope,
                Diagnostics& diagnostics)
      : text_(text), placer_(placer), scope_(scope), diagnostics_(diagnostics) {}

  std::optional<Formula> run() {
    skip();
    if (at_ == text_.size())
      return fail(0, 1, "there is nothing in $( )",
                  "write a parameter or arithmetic, e.g. $(n_in // 2)");
    if (!sum()) return {};
    if (at_ < text_.size()) return unexpected();
    return std::move(formula_);
  }

 private:
  using Code = Formula::Step::Code;

  std::nullopt_t fail(std::size_t at, std::size_t length, std::string problem,
                      std::string remedy = {}) {
    diagnostics_.error(placer_(at, length), std::move(problem), std::move(remedy));
    return std::nullopt;
  }
  bool refuse(std::size_t at, std::size_t length, std::string problem, std::string remedy = {}) {
    fail(at, length, std::move(problem), std::move(remedy));
    return false;
  }

  std::nullopt_t unexpected() {
    const std::string_view rest = text_.substr(at_);
    if (rest.empty())
      return fail(text_.size() - 1, 1, "the arithmetic ends where a number or a name is due");
    std::size_t length = 1;
    while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
      ++length;
    return fail(at_, length, fmt::format("'{}' is not expected here", rest.substr(0, length)),
                "$(…) knows + - * / // % ** and parentheses, over numbers, parameters and, in a "
                "loop, its turn i");
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
      ++at_;
  }

  bool accept(std::string_view sign) {
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    skip();
    return true;
  }

  bool sum() {
    if (!product()) return false;
    for (;;) {
      const std::size_t at = at_;
      if (accept("+")) {
        if (!product() || !apply(Code::add, at, 1)) return false;
      } else if (accept("-")) {
        if (!product() || !apply(Code::subtract, at, 1)) return false;
      } else {
        return true;
      }
    }
  }

  bool product() {
    if (!factor()) return false;
    for (;;) {
      const std::size_t at = at_;
      if (text_.substr(at_).starts_with("**")) return true;  // power() took what it could
      if (accept("*")) {
        if (!factor() || !apply(Code::multiply, at, 1)) return false;
      } else if (accept("//")) {
        if (!factor() || !apply(Code::floor, at, 2)) return false;
      } else if (accept("/")) {
        if (!factor() || !apply(Code::divide, at, 1)) return false;
      } else if (accept("%")) {
        if (!factor() || !apply(Code::modulo, at, 1)) return false;
      } else {
        return true;
      }
    }
  }

  bool factor() {
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
  bool power() {
    if (!primary()) return false;
    const std::size_t at = at_;
    return !accept("**") || (factor() && apply(Code::power, at, 2));
  }

  bool primary() {
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

  [[nodiscard]] std::size_t name_length() const {
    std::size_t length = 0;
    while (at_ + length < text_.size() && is_name(text_.substr(at_, length + 1))) ++length;
    return length;
  }

  bool number() {
    const std::size_t at = at_;
    const auto is_part = [&](char c) {
      if ((c >= '0' && c <= '9') || c == '.' || (c | 0x20) == 'e' ||
          is_name(std::string_view{&c, 1}))
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
    return push({Code::push, *value, placer_(at, digits.size())});
  }

  bool name(std::string_view name) {
    const std::size_t at = at_;
    at_ += name.size();
    skip();
    if (at_ < text_.size() && text_[at_] == '(')
      return refuse(at, name.size(), fmt::format("$(…) has no functions, so no '{}'", name),
                    name == "sqrt" ? "write x ** 0.5" : "it knows + - * / // % ** and parentheses");
    const Place place = placer_(at, name.size());
    if (name == "i") {
      if (!scope_.in_loop)
        return refuse(at, 1, "'i' is the turn of a loop, and there is no loop here",
                      "use it below the `do` of a for or a repeat");
      formula_.depends_on_turn_ = true;
      return push({Code::turn, {}, place});
    }
    if (const auto found = scope_.parameters.find(name); found != scope_.parameters.end())
      return push({Code::push, found->second, place});
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
    return refuse(
        at, name.size(), fmt::format("there is no parameter '{}'", name),
        remedy.empty() ? fmt::format("declare it: `parameters: {{{}: 1}}`", name) : remedy);
  }

  bool push(Formula::Step step) {
    if (formula_.steps_.size() >= kMostSteps) return refuse(0, 1, "the arithmetic is too long");
    formula_.steps_.push_back(std::move(step));
    return true;
  }

  /// The last `n` steps, as far as they are plain values, must be numbers.
  bool need_numbers(std::size_t n) {
    const auto& steps = formula_.steps_;
    for (std::size_t k = steps.size() - std::min(n, steps.size()); k < steps.size(); ++k)
      if (steps[k].code == Code::push && !is_number(steps[k].value)) {
        diagnostics_.error(steps[k].place,
                           fmt::format("arithmetic needs numbers, but this parameter is {}",
                                       Node{{}, steps[k].value}.summary()),
                           "such a parameter can only stand alone: $(name)");
        return false;
      }
    return true;
  }

  bool settle(Outcome outcome, std::size_t operands, std::size_t at, std::size_t length) {
    if (!outcome.problem.empty()) return refuse(at, length, outcome.problem);
    auto& steps = formula_.steps_;
    const Place place = steps[steps.size() - operands].place;
    steps.resize(steps.size() - operands);
    return push({Code::push, std::move(outcome.value), place});
  }

  bool apply(Code code, std::size_t at, std::size_t length) {
    if (!need_numbers(2)) return false;
    const auto& steps = formula_.steps_;
    const auto& a = steps[steps.size() - 2];
    const auto& b = steps.back();
    if (a.code == Code::push && b.code == Code::push)
      return settle(operate(code, a.value, b.value), 2, at, length);
    return push({code, {}, placer_(at, length)});
  }

  bool apply_negate(std::size_t at) {
    if (!need_numbers(1)) return false;
    const auto& operand = formula_.steps_.back();
    if (operand.code == Code::push) return settle(negate(operand.value), 1, at, 1);
    return push({Code::negate, {}, placer_(at, 1)});
  }

  std::string_view text_;
  const Placer& placer_;
  const Scope& scope_;
  Diagnostics& diagnostics_;
  Formula formula_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

std::optional<Formula> Formula::parse(std::string_view text, const Placer& placer,
                                      const Scope& scope, Diagnostics& diagnostics) {
  return FormulaParser(text, placer, scope, diagnostics).run();
}

Scalar Formula::at(std::int64_t turn) const {
  std::vector<Scalar> stack;
  const auto settle = [&](Outcome outcome, std::size_t operands, const Step& step) {
    if (!outcome.problem.empty()) {
      const Source* source = step.place.source;
      throw Error(Error::Kind::config,
                  {source ? source->file() : "", step.place.line, step.place.column, {}},
                  fmt::format("{} in turn i = {}", outcome.problem, turn));
    }
    stack.resize(stack.size() - operands);
    stack.push_back(std::move(outcome.value));
  };
  for (const Step& step : steps_) {
    if (step.code == Step::Code::push)
      stack.push_back(step.value);
    else if (step.code == Step::Code::turn)
      stack.emplace_back(turn);
    else if (step.code == Step::Code::negate)
      settle(negate(stack.back()), 1, step);
    else
      settle(operate(step.code, stack[stack.size() - 2], stack.back()), 2, step);
  }
  assert(stack.size() == 1);
  return stack.back();
}

// ---- texts --------------------------------------------------------------------------------------

std::string format_scalar(const Scalar& value) {
  switch (value.index()) {
    case 0: return "null";
    case 1: return std::get<bool>(value) ? "true" : "false";
    case 2: return fmt::format("{}", std::get<std::int64_t>(value));
    case 3: return fmt::format("{}", std::get<double>(value));
    default: return std::get<std::string>(value);
  }
}

Scalar Template::at(std::int64_t turn) const {
  if (const Formula* whole = formula()) return whole->at(turn);
  std::string out;
  for (const Piece& piece : pieces_) {
    const auto* inner = std::get_if<Formula>(&piece);
    out += inner ? format_scalar(inner->at(turn)) : std::get<std::string>(piece);
  }
  return out;
}

const Formula* Template::formula() const noexcept {
  return pieces_.size() == 1 ? std::get_if<Formula>(&pieces_.front()) : nullptr;
}

std::size_t end_of_formula(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (std::size_t k = begin + 1; k < text.size(); ++k) {
    if (text[k] == '(') ++depth;
    if (text[k] == ')' && --depth == 0) return k;
  }
  return std::string_view::npos;
}

namespace {

/// Substitutes in one text. `verbatim` leaves what depends on the turn as it is written.
class Interpolator {
 public:
  Interpolator(const Scope& scope, Diagnostics& diagnostics, bool verbatim)
      : scope_(scope), diagnostics_(diagnostics), verbatim_(verbatim) {}

  Node visit(const Node& node) {
    switch (node.kind()) {
      case Node::Kind::text: return text(node);
      case Node::Kind::list: {
        std::vector<Node> items;
        items.reserve(node.items().size());
        for (const Node& item : node.items()) items.push_back(visit(item));
        return {node.place(), std::move(items)};
      }
      case Node::Kind::mapping: {
        std::vector<Node::Entry> entries;
        for (const Node::Entry& entry : node.entries())
          entries.push_back({entry.key, entry.place, visit(entry.value)});
        return {node.place(), std::move(entries)};
      }
      default: return node;
    }
  }

 private:
  Node text(const Node& node) {
    const std::string& text = node.text();
    if (const std::size_t brace = text.find("${"); brace != std::string::npos) {
      diagnostics_.error(node.place_at(brace, 2), "${ does not interpolate",
                         "write $(…), with parentheses");
      return Node::invalid(node.place());
    }
    if (text.find("$(") == std::string::npos) return node;

    std::vector<Template::Piece> pieces;
    std::string literal;  // the text so far, since the last formula that was kept
    std::vector<std::uint32_t> origin;
    const auto add = [&](std::string_view part, std::size_t from, bool moves) {
      for (std::size_t k = 0; k < part.size(); ++k)
        origin.push_back(static_cast<std::uint32_t>(moves ? from + k : from));
      literal += part;
    };
    bool good = true, deferred = false;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = std::min(text.find("$(", at), text.size());
      add(std::string_view{text}.substr(at, begin - at), at, true);
      if (begin == text.size()) break;
      const std::size_t end = end_of_formula(text, begin);
      if (end == std::string_view::npos) {
        diagnostics_.error(node.place_at(begin, 2), "this $( is not closed", "a ) is missing");
        return Node::invalid(node.place());
      }
      const auto placer = [&](std::size_t offset, std::size_t length) {
        return node.place_at(begin + 2 + offset, length);
      };
      const std::string_view inner = std::string_view{text}.substr(begin + 2, end - begin - 2);
      const auto formula = Formula::parse(inner, placer, scope_, diagnostics_);
      at = end + 1;
      if (!formula) {
        good = false;
      } else if (!formula->depends_on_turn()) {
        const Scalar value = formula->at();
        if (begin == 0 && at == text.size()) return whole(node, value);
        add(format_scalar(value), begin, false);
      } else if (verbatim_) {
        add(std::string_view{text}.substr(begin, at - begin), begin, true);
      } else {
        deferred = true;
        if (!literal.empty()) pieces.emplace_back(std::exchange(literal, {}));
        pieces.emplace_back(*formula);
      }
    }
    if (!good) return Node::invalid(node.place());
    if (deferred) {
      if (!literal.empty()) pieces.emplace_back(std::move(literal));
      return {node.place(), std::make_shared<const Template>(std::move(pieces))};
    }
    Node out{node.place(), std::move(literal), node.written()};
    out.set_origin(std::move(origin));
    return out;
  }

  static Node whole(const Node& node, const Scalar& value) {
    Node out{node.place(), value, node.written()};
    if (out.is(Node::Kind::text)) out.set_origin(std::vector<std::uint32_t>(out.text().size(), 0));
    return out;
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
  bool verbatim_;
};

}  // namespace

Node interpolate(const Node& node, const Scope& scope, Diagnostics& diagnostics) {
  return Interpolator(scope, diagnostics, false).visit(node);
}

Node interpolate_expression(const Node& node, const Scope& scope, Diagnostics& diagnostics) {
  return Interpolator(scope, diagnostics, true).visit(node);
}

}  // namespace plexus::model

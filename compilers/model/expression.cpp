#include "plexus/compilers/model/expression.h"

#include <cassert>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plexus::model {
namespace {

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

}  // namespace plexus::model

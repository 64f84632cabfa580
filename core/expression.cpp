#include "plexus/core/expression.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/compartment.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/operator.h"

namespace plexus {
namespace {

std::vector<std::string> operator_names() {
  std::vector<std::string> names;
  for (const OperatorType* type : operators()) names.push_back(type->name);
  return names;
}

Expression fold(const char* name, const Expression& a, const Expression& b) {
  // a + b + c is one sum of three, added left to right as written
  const OperatorType* type = find_operator(name);
  if (a.type() == type) {
    std::vector<Expression> operands = a.operands();
    operands.push_back(b);
    return {*type, std::move(operands)};
  }
  return {*type, {a, b}};
}

}  // namespace

Expression::Expression(Compartment& compartment)
    : node_(std::make_shared<const Node>(Node{.compartment = &compartment})) {}

Expression::Expression(float number)
    : node_(std::make_shared<const Node>(Node{.number = number})) {}

Expression::Expression(const OperatorType& type, std::vector<Expression> operands,
                       std::vector<double> arguments, std::function<float(float)> function) {
  if (operands.size() < type.min_operands || operands.size() > type.max_operands)
    throw Error(Error::Kind::wiring, {},
                fmt::format("{} takes {}{} operand{}, not {}", type.name, type.min_operands,
                            type.min_operands == type.max_operands ? "" : " or more",
                            type.max_operands == 1 ? "" : "s", operands.size()));
  if (type.name == "Function" && !function)
    throw Error(Error::Kind::wiring, {}, "Function needs a function, which only C++ can give",
                "write function(f, a.z) in C++, or register an operator of your own");
  if (arguments.size() > type.arguments.size())
    throw Error(Error::Kind::wiring, {},
                fmt::format("{} takes {} number{} besides its operands, not {}", type.name,
                            type.arguments.size(), type.arguments.size() == 1 ? "" : "s",
                            arguments.size()));
  for (std::size_t i = arguments.size(); i < type.arguments.size(); ++i) {
    if (!type.arguments[i].fallback)
      throw Error(Error::Kind::wiring, {},
                  fmt::format("{} needs the number '{}'", type.name, type.arguments[i].name),
                  fmt::format("write e.g. {}(a.z, {}=1)", type.name, type.arguments[i].name));
    arguments.push_back(*type.arguments[i].fallback);
  }
  node_ = std::make_shared<const Node>(
      Node{nullptr, 0, &type, std::move(operands), std::move(arguments), std::move(function)});
}

std::string Expression::text() const {
  if (compartment() != nullptr) return compartment()->label();
  if (type() == nullptr) return fmt::format("{}", number());
  std::vector<std::string> parts;
  for (const Expression& operand : operands()) parts.push_back(operand.text());
  const std::string& name = type()->name;
  if (name == "Summation" && parts.size() > 1) return fmt::format("{}", fmt::join(parts, " + "));
  for (const double argument : arguments()) parts.push_back(fmt::format("{}", argument));
  return fmt::format("{}({})", name == "Transpose" ? "transpose" : name, fmt::join(parts, ", "));
}

std::vector<Compartment*> Expression::compartments() const {
  if (compartment() != nullptr) return {compartment()};
  std::vector<Compartment*> all;
  for (const Expression& operand : operands())
    for (Compartment* c : operand.compartments()) all.push_back(c);
  return all;
}

std::vector<Compartment*> Expression::present_compartments() const {
  if (compartment() != nullptr) return {compartment()};
  std::vector<Compartment*> all;
  if (type() != nullptr && type()->looks_back) return all;
  for (const Expression& operand : operands())
    for (Compartment* c : operand.present_compartments()) all.push_back(c);
  return all;
}

Expression operator+(const Expression& a, const Expression& b) {
  return fold("Summation", a, b);
}
Expression operator*(const Expression& a, const Expression& b) {
  return fold("Product", a, b);
}
Expression operator-(const Expression& a, const Expression& b) {
  return apply("Subtract", {a, b});
}
Expression operator-(const Expression& a) {
  return apply("Negate", {a});
}
Expression transpose(const Expression& a) {
  return apply("Transpose", {a});
}

Expression apply(const std::string& name, std::vector<Expression> operands,
                 std::vector<double> arguments) {
  const OperatorType* type = find_operator(name);
  if (type == nullptr)
    throw Error(Error::Kind::config, {}, fmt::format("there is no operator '{}'", name),
                did_you_mean(name, operator_names()));
  return {*type, std::move(operands), std::move(arguments)};
}

Expression function(std::function<float(float)> f, const Expression& a) {
  return {*find_operator("Function"), {a}, {}, std::move(f)};
}

void operator>>(const Expression& source, Compartment& destination) {
  context_of(destination).wire(source, destination);
}

void operator>>(const Delayed& source, Compartment& destination) {
  context_of(destination).wire(source.source, destination, {.delayed = true});
}

}  // namespace plexus

// What paths and expressions mean in the circuit.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/builder.h"

namespace plexus::model {
namespace {

/// Names of components that a path may start with, from a context: nested and inner ones too.
std::vector<std::string> component_names(const Context& context) {
  std::vector<std::string> names;
  for (const Component* c : context.all_components()) {
    std::string label = c->label();
    for (const Context* at = &context; at->parent() != nullptr; at = at->parent())
      label = label.substr(label.find('.') + 1);
    names.push_back(label);
    for (const Component* part : c->parts()) names.push_back(label + "." + part->name());
  }
  return names;
}

}  // namespace

Component* Builder::component(const std::string& name, const Place& place) const {
  if (Component* found = context_.find(name)) return found;
  if (broken_.contains(name.substr(0, name.find('.')))) return nullptr;
  std::vector<std::string> known = component_names(context_);
  known.insert(known.end(), broken_.begin(), broken_.end());  // those are there, too
  diagnostics_.error(place, fmt::format("there is no component '{}'", name),
                     did_you_mean(name, known));
  return nullptr;
}

Compartment* Builder::compartment(const Path& path) const {
  Component* owner = component(path.owner(), path.place);
  if (owner == nullptr) return nullptr;
  if (Compartment* found = owner->find_compartment(path.leaf())) return found;
  std::vector<std::string> known;
  for (const Compartment* c : owner->compartments())
    if (c->role() != plexus::Role::internal) known.push_back(c->name());
  diagnostics_.error(
      path.place,
      fmt::format("{} '{}' has no compartment '{}'", owner->type().name, path.owner(), path.leaf()),
      did_you_mean(path.leaf(), known));
  return nullptr;
}

/// Puts `low=0` and the like in their places among the numbers of an operator.
bool Builder::named_arguments(const Expression& syntax, const OperatorType& type,
                              std::vector<double>& numbers) const {
  const auto& arguments = type.arguments;
  const auto refuse = [&](const Place& place, const std::string& problem,
                          const std::string& remedy) {
    diagnostics_.error(place, problem, remedy);
    return false;
  };
  const std::size_t positional = numbers.size();
  std::vector<std::optional<double>> named(arguments.size());
  for (const auto& option : syntax.options) {
    const auto at = std::ranges::find(arguments, option.name, &OperatorArgument::name);
    if (at == arguments.end()) {
      std::vector<std::string> known;
      for (const auto& a : arguments) known.push_back(a.name);
      return refuse(option.place, fmt::format("{} has no argument '{}'", type.name, option.name),
                    known.empty() ? "it takes operands alone" : did_you_mean(option.name, known));
    }
    const auto index = static_cast<std::size_t>(at - arguments.begin());
    if (index < positional)
      return refuse(option.place,
                    fmt::format("{}'s argument '{}' is given twice", type.name, option.name),
                    fmt::format("it is number {} already", positional > 1 ? index + 1 : 1));
    named[index] = option.value;
  }
  if (syntax.options.empty()) return true;  // the expression itself fills in defaults
  for (std::size_t i = positional; i < arguments.size(); ++i) {
    const auto value = named[i] ? named[i] : arguments[i].fallback;
    if (!value)
      return refuse(syntax.place,
                    fmt::format("{} needs the number '{}'", type.name, arguments[i].name),
                    fmt::format("write e.g. {}(a.z, {}=1)", type.name, arguments[i].name));
    numbers.push_back(*value);
  }
  return true;
}

std::optional<plexus::Expression> Builder::expression(const Expression& syntax,
                                                      std::int64_t turn) const {
  using Kind = Expression::Kind;
  if (syntax.kind == Kind::compartment) {
    Compartment* c = compartment(syntax.path());
    if (c == nullptr) return std::nullopt;
    return plexus::Expression(*c);
  }
  if (syntax.kind == Kind::number)
    return plexus::Expression(static_cast<float>(syntax.number_at(turn)));

  std::vector<plexus::Expression> operands;
  std::vector<double> numbers;  // those of a call that are no operands
  const OperatorType* type = nullptr;
  switch (syntax.kind) {
    case Kind::negate: type = find_operator("Negate"); break;
    case Kind::subtract: type = find_operator("Subtract"); break;
    default: break;
  }
  if (syntax.kind == Kind::call) {
    type = find_operator(syntax.name);
    if (type == nullptr) {
      std::vector<std::string> known;
      for (const OperatorType* t : operators()) known.push_back(t->name);
      diagnostics_.error(syntax.place, fmt::format("there is no operator '{}'", syntax.name),
                         did_you_mean(syntax.name, known));
      return std::nullopt;
    }
  }
  bool sound = true;
  for (const Expression& operand : syntax.operands) {
    const bool argument = type != nullptr && !type->arguments.empty() &&
                          operand.kind == Kind::number && operands.size() >= type->max_operands;
    if (argument) {
      numbers.push_back(operand.number_at(turn));
      continue;
    }
    auto made = expression(operand, turn);
    sound = sound && made.has_value();
    if (made) operands.push_back(*made);
  }
  if (!sound) return std::nullopt;
  try {
    if (syntax.kind == Kind::add) return operands[0] + operands[1];
    if (syntax.kind == Kind::multiply) return operands[0] * operands[1];
    if (!named_arguments(syntax, *type, numbers)) return std::nullopt;
    return plexus::Expression(*type, std::move(operands), std::move(numbers));
  } catch (const Error& error) {
    diagnostics_.error(syntax.place, error.problem(), error.remedy());
    return std::nullopt;
  }
}

}  // namespace plexus::model

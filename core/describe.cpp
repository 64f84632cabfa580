#include "plexus/core/describe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/component.h"
#include "plexus/core/operator.h"
#include "plexus/core/random/initialiser.h"
#include "plexus/core/registry.h"
#include "plexus/core/specimen.h"
#include "plexus/core/table.h"

namespace plexus {
namespace {

std::string in_unit(const char* unit) {
  return *unit != 0 ? fmt::format(" [{}]", unit) : "";
}

std::string default_text(const Parameter& p) {
  return p.missing() ? "required" : p.value_text();
}

std::string compartments_text(const Component& component) {
  std::vector<std::vector<std::string>> rows;
  for (const Compartment* c : component.compartments()) {
    if (c->role() == Role::internal) continue;
    rows.push_back({c->name(), to_string(c->role()), detail::symbolic_shape(c->dims()),
                    c->doc() + in_unit(c->options().unit)});
  }
  return detail::aligned(rows, {}, "  ");
}

std::string methods_text(const Component& component) {
  std::string text;
  for (const Method* m : component.methods()) {
    std::vector<std::string> keywords;
    for (const std::string& keyword : m->keywords())
      keywords.push_back(
          m->fallback(keyword) ? fmt::format("{} = {}", keyword, *m->fallback(keyword)) : keyword);
    text += fmt::format("  {}({})\n", m->name(), fmt::join(keywords, ", "));
    const detail::MethodUses uses(*m);
    const auto line = [&](const char* verb, const std::vector<std::string>& names) {
      if (!names.empty()) text += fmt::format("      {:<7} {}\n", verb, fmt::join(names, ", "));
    };
    line("reads", uses.reads);
    line("updates", uses.updates);
    line("writes", uses.writes);
    line("clears", uses.clears);
  }
  return text;
}

std::string parameters_text(const Parameters& parameters) {
  std::vector<std::vector<std::string>> rows;
  for (const Parameter& p : parameters.all()) {
    std::string note = p.doc + in_unit(p.unit.symbol);
    if (!p.range.text().empty()) note += fmt::format("; {}", p.range.text());
    if (!p.words.empty()) note += fmt::format("; one of {}", fmt::join(p.words, ", "));
    if (!p.aliases.empty()) note += fmt::format("; formerly {}", fmt::join(p.aliases, ", "));
    rows.push_back({p.name, default_text(p), note});
  }
  for (const std::string& name : parameters.retired())
    rows.push_back({name, "", "has no effect any more"});
  rows.push_back({"key", "from the seed", "the component's own seed, or two words"});
  return detail::aligned(rows, {}, "  ");
}

std::string describe(const ComponentType& type, const Component& component,
                     const Parameters& parameters) {
  return fmt::format("{}   ({})\n\n{}\n\nParameters\n{}\nCompartments\n{}\nMethods\n{}", type.name,
                     type.family, detail::trimmed(type.about), parameters_text(parameters),
                     compartments_text(component), methods_text(component));
}

}  // namespace

std::string describe(const Component& component) {
  if (component.parameters() != nullptr)
    return describe(component.type(), component, component.type().parameters()->describe());
  return describe(component.type());
}

std::string describe(const ComponentType& type) {
  const detail::Specimen specimen(type);
  const auto fresh = type.parameters();
  return describe(type, specimen.component(), fresh->describe());
}

std::string describe(const OperatorType& type) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < type.min_operands; ++i)
    parts.push_back(std::string(1, static_cast<char>('a' + i)));
  if (type.max_operands > type.min_operands) parts.emplace_back("…");
  for (const OperatorArgument& a : type.arguments)
    parts.push_back(a.fallback ? fmt::format("{}={}", a.name, *a.fallback) : a.name);
  return fmt::format("{}({})   (operator)\n\n{}\n", type.name, fmt::join(parts, ", "), type.doc);
}

std::string describe_all() {
  std::string text;
  std::string_view family;
  std::vector<std::vector<std::string>> rows;
  const auto flush = [&] {
    if (!rows.empty())
      text += fmt::format("{}{}\n{}", text.empty() ? "" : "\n", family,
                          detail::aligned(rows, {}, "  "));
    rows.clear();
  };
  for (const ComponentType* type : component_types()) {
    if (type->family != family) flush();
    family = type->family;
    rows.push_back({std::string(type->name), std::string(type->summary())});
  }
  flush();
  family = "operators (in wires)";
  for (const OperatorType* type : operators()) rows.push_back({type->name, type->doc});
  flush();
  return text;
}

}  // namespace plexus

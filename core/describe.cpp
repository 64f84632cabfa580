#include "plexus/core/describe.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/log.h"
#include "plexus/core/operator.h"
#include "plexus/core/random/initialiser.h"
#include "plexus/core/registry.h"

namespace plexus {
namespace {

std::string symbolic_shape(const Dims& dims) {
  std::vector<std::string> symbols;
  for (const Dim& dim : dims)
    symbols.push_back(*dim.symbol != 0 ? dim.symbol : std::to_string(dim.extent));
  return fmt::format("({})", fmt::join(symbols, ", "));
}

std::string in_unit(const char* unit) { return *unit != 0 ? fmt::format(" [{}]", unit) : ""; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

/// Rows of columns, each as wide as its widest cell.
std::string table(const std::vector<std::vector<std::string>>& rows) {
  // Width in characters, not bytes: names are ASCII, but shapes and units need not be.
  const auto width_of = [](const std::string& s) {
    return static_cast<std::size_t>(
        std::ranges::count_if(s, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  };
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], width_of(row[i]));
    }
  std::string text;
  for (const auto& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += " " + row[i];
      if (i + 1 < row.size()) line += std::string(widths[i] - width_of(row[i]) + 1, ' ');
    }
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
  return text;
}

std::string default_text(const Parameter& p) { return p.missing() ? "required" : p.value_text(); }

/// A circuit of one component of a type, made with example parameters, to read its declarations from.
class Specimen {
 public:
  explicit Specimen(const ComponentType& type) : context_("specimen", {.seed = 0}), parameters_(type.parameters()) {
    Parameters described = parameters_->describe();
    for (const Parameter& p : described.all()) fill(p);
    const LogLevel before = set_log_level(LogLevel::off);
    component_ = &context_.add(type, "x", std::move(parameters_));
    set_log_level(before);
  }
  [[nodiscard]] const Component& component() const { return *component_; }

 private:
  static void fill(const Parameter& p) {
    if (!p.missing()) return;
    if (auto* const* number = std::get_if<int*>(&p.target)) **number = 2;
    if (auto* const* number = std::get_if<float*>(&p.target)) **number = 1;
    if (auto* const* numbers = std::get_if<Tensor*>(&p.target)) **numbers = Numbers(1);
    if (auto* const* shape = std::get_if<Shape*>(&p.target)) **shape = {4, 3};
  }

  Context context_;
  std::unique_ptr<ParameterSet> parameters_;
  const Component* component_ = nullptr;
};

std::string compartments_text(const Component& component) {
  std::vector<std::vector<std::string>> rows;
  for (const Compartment* c : component.compartments()) {
    if (c->role() == Role::internal) continue;
    rows.push_back({c->name(), to_string(c->role()), symbolic_shape(c->dims()),
                    c->doc() + in_unit(c->options().unit)});
  }
  return table(rows);
}

std::vector<std::string> names_with(const Method& method, bool (*wanted)(Access)) {
  std::vector<std::string> names;
  for (const Use& use : method.uses())
    if (wanted(use.access) && use.compartment->role() != Role::internal)
      names.push_back(use.compartment->owner().parent() == nullptr
                          ? use.compartment->name()
                          : use.compartment->owner().name() + "." + use.compartment->name());
  return names;
}

struct MethodUses {
  std::vector<std::string> reads, updates, writes, clears;
  explicit MethodUses(const Method& m)
      : reads(names_with(m, [](Access a) { return a == Access::read; })),
        updates(names_with(m, [](Access a) { return a == Access::update; })),
        writes(names_with(m, [](Access a) { return a == Access::write || a == Access::publish; })),
        clears(names_with(m, [](Access a) { return a == Access::clear; })) {}
};

std::string methods_text(const Component& component) {
  std::string text;
  for (const Method* m : component.methods()) {
    std::vector<std::string> keywords;
    for (const std::string& keyword : m->keywords())
      keywords.push_back(m->fallback(keyword) ? fmt::format("{} = {}", keyword, *m->fallback(keyword)) : keyword);
    text += fmt::format("  {}({})\n", m->name(), fmt::join(keywords, ", "));
    const MethodUses uses(*m);
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
  return table(rows);
}

std::string describe(const ComponentType& type, const Component& component, const Parameters& parameters) {
  return fmt::format("{}   ({})\n\n{}\n\nParameters\n{}\nCompartments\n{}\nMethods\n{}", type.name,
                     type.family, trimmed(type.about), parameters_text(parameters),
                     compartments_text(component), methods_text(component));
}

nlohmann::ordered_json json_of(const ComponentType& type) {
  const Specimen specimen(type);
  const auto fresh = type.parameters();
  nlohmann::ordered_json json;
  json["name"] = type.name;
  json["family"] = type.family;
  json["about"] = trimmed(type.about);
  const Parameters parameters = fresh->describe();
  for (const Parameter& p : parameters.all()) {
    nlohmann::ordered_json one{{"name", p.name}, {"kind", p.kind()}, {"doc", p.doc}};
    if (!p.missing()) one["default"] = p.value_text();
    if (!p.range.text().empty()) one["range"] = p.range.text();
    if (*p.unit.symbol != 0) one["unit"] = p.unit.symbol;
    if (!p.words.empty()) one["words"] = p.words;
    if (!p.aliases.empty()) one["formerly"] = p.aliases;
    one["required"] = p.missing();
    json["parameters"].push_back(std::move(one));
  }
  for (const Compartment* c : specimen.component().compartments()) {
    if (c->role() == Role::internal) continue;
    json["compartments"].push_back({{"name", c->name()},
                                    {"role", to_string(c->role())},
                                    {"shape", symbolic_shape(c->dims())},
                                    {"type", to_string(c->options().dtype)},
                                    {"unit", c->options().unit},
                                    {"doc", c->doc()}});
  }
  for (const Method* m : specimen.component().methods()) {
    const MethodUses uses(*m);
    json["methods"].push_back({{"name", m->name()},
                               {"keywords", m->keywords()},
                               {"reads", uses.reads},
                               {"updates", uses.updates},
                               {"writes", uses.writes},
                               {"clears", uses.clears}});
  }
  return json;
}

}  // namespace

std::string print(const Component& component) {
  std::vector<std::vector<std::string>> rows;
  for (Compartment* c : component.compartments()) {
    if (c->role() == Role::internal) continue;
    std::vector<std::string> row{c->name(), to_string(c->shape())};
    if (c->options().dtype != DType::float32) {
      row.push_back(fmt::format("{}", fmt::join(c->own_words(), " ")));
    } else if (c->shape().size() > 0) {
      const auto values = c->values();
      double sum = 0;
      float least = values[0], most = values[0];
      for (const float v : values) {
        sum += static_cast<double>(v);
        least = std::min(least, v);
        most = std::max(most, v);
      }
      row.push_back(fmt::format("min {:.6g}", least));
      row.push_back(fmt::format("max {:.6g}", most));
      row.push_back(fmt::format("mean {:.6g}", sum / static_cast<double>(values.size())));
      if (c->targeted()) row.push_back("<- " + c->wire()->source.text());
    }
    rows.push_back(std::move(row));
  }
  return fmt::format("[{}] {}\n{}", component.type().name, component.path(), table(rows));
}

std::ostream& operator<<(std::ostream& out, const Component& component) {
  return out << print(component);
}

std::string describe(const Component& component) {
  if (component.parameters() != nullptr)
    return describe(component.type(), component, component.type().parameters()->describe());
  return describe(component.type());
}

std::string describe(const ComponentType& type) {
  const Specimen specimen(type);
  const auto fresh = type.parameters();
  return describe(type, specimen.component(), fresh->describe());
}

std::string describe(const OperatorType& type) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < type.min_operands; ++i) parts.push_back(std::string(1, static_cast<char>('a' + i)));
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
    if (!rows.empty()) text += fmt::format("{}{}\n{}", text.empty() ? "" : "\n", family, table(rows));
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

std::string describe_json(const ComponentType& type) { return json_of(type).dump(2) + "\n"; }

std::string describe_all_json() {
  nlohmann::ordered_json json;
  for (const ComponentType* type : component_types()) json["components"].push_back(json_of(*type));
  for (const OperatorType* type : operators())
    json["operators"].push_back({{"name", type->name}, {"doc", type->doc}});
  return json.dump(2) + "\n";
}

}  // namespace plexus

#include <utility>

#include <nlohmann/json.hpp>

#include "plexus/core/component.h"
#include "plexus/core/describe.h"
#include "plexus/core/operator.h"
#include "plexus/core/registry.h"
#include "plexus/core/specimen.h"

namespace plexus {
namespace {

nlohmann::ordered_json json_of(const ComponentType& type) {
  const detail::Specimen specimen(type);
  const auto fresh = type.parameters();
  nlohmann::ordered_json json;
  json["name"] = type.name;
  json["family"] = type.family;
  json["about"] = detail::trimmed(type.about);
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
                                    {"shape", detail::symbolic_shape(c->dims())},
                                    {"type", to_string(c->options().dtype)},
                                    {"unit", c->options().unit},
                                    {"doc", c->doc()}});
  }
  for (const Method* m : specimen.component().methods()) {
    const detail::MethodUses uses(*m);
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

std::string describe_json(const ComponentType& type) {
  return json_of(type).dump(2) + "\n";
}

std::string describe_all_json() {
  nlohmann::ordered_json json;
  for (const ComponentType* type : component_types()) json["components"].push_back(json_of(*type));
  for (const OperatorType* type : operators())
    json["operators"].push_back({{"name", type->name}, {"doc", type->doc}});
  return json.dump(2) + "\n";
}

}  // namespace plexus

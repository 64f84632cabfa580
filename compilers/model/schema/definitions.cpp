#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/schema/forms.h"
#include "plexus/core/operator.h"
#include "plexus/core/registry.h"

namespace plexus::model::detail {
namespace {

Json text_of(const char* pattern, std::string doc) {
  return {{"type", "string"}, {"pattern", pattern}, {"description", std::move(doc)}};
}

std::string operators_doc() {
  std::string doc = "compartments, numbers, + - * ( ) and the operators";
  for (const OperatorType* type : operators())
    doc += fmt::format("\n{}: {}", type->name, type->doc);
  return doc;
}

}  // namespace

Json definitions() {
  Json defs;
  defs["name"] =
      text_of("^([A-Za-z_][A-Za-z0-9_]*|.*\\$\\(.*)$", "letters, digits, _; no leading digit");
  defs["path"] = text_of("\\.|\\$\\(", "COMPONENT.COMPARTMENT");
  defs["component_path"] = typed("string");
  defs["chain"] = text_of("\\.", "COMPONENT.METHOD, or several joined by >>");
  defs["wire"] = text_of(
      ">>", "EXPRESSION >> COMPONENT.COMPARTMENT; an expression is made of " + operators_doc());
  defs["expression"] = documented(Json{{"type", {"string", "number"}}}, operators_doc());
  defs["formula"] = text_of("\\$\\(", "arithmetic over the model's parameters");
  defs["number"] = or_formula(typed("number"));
  defs["count"] = integer_from(0);
  defs["list"] = list_of(any_of({ref("number"), ref("list")}));
  defs["file"] = mapping({{"file", typed("string")}, {"array", typed("string")}}, {"file"});
  defs["values"] = documented(any_of({ref("number"), ref("list"), ref("file")}),
                              "a number, nested lists, or {file: …}");
  const Json word = or_formula({{"type", "integer"}, {"minimum", 0}, {"maximum", 4294967295U}});
  defs["key"] = documented(
      any_of({word, Json{{"type", "array"}, {"items", word}, {"minItems", 2}, {"maxItems", 2}}}),
      "the component's own seed, or two words; default: from the model's seed");
  defs["initialiser"] = initialiser_schema();
  defs["clamp"] = clamp_schema();
  defs["statements"] = statements_schema();
  Json types = Json::array();
  for (const ComponentType* type : component_types()) {
    defs[std::string(type->name)] = schema_of(*type);
    types.push_back(ref(type->name));
  }
  defs["component"] = {{"type", "object"},
                       {"required", {"type"}},
                       {"discriminator", {{"propertyName", "type"}}},
                       {"oneOf", std::move(types)}};
  // Of a plugin's types nothing is known here.
  defs["component_of_plugin"] = {
      {"type", "object"},
      {"required", {"type"}},
      {"properties",
       {{"type", {{"type", "string"}, {"not", {{"enum", component_type_names()}}}}}}}};
  return defs;
}

}  // namespace plexus::model::detail

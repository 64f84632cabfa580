#include "plexus/compilers/model/schema.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "plexus/core/operator.h"
#include "plexus/core/overloaded.h"
#include "plexus/core/parameters.h"
#include "plexus/core/random/initialiser.h"
#include "plexus/core/registry.h"

namespace plexus::model {
namespace {

using Json = nlohmann::ordered_json;

Json ref(std::string_view definition) {
  return {{"$ref", fmt::format("#/$defs/{}", definition)}};
}
Json any_of(std::vector<Json> alternatives) {
  return {{"anyOf", std::move(alternatives)}};
}
Json typed(const char* type) {
  return {{"type", type}};
}
Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}
Json documented(Json schema, std::string_view doc) {
  schema["description"] = doc;
  return schema;
}
Json const_of(std::string_view word) {
  return {{"const", word}};
}
/// A mapping with these keys and no others.
Json mapping(Json properties, std::vector<std::string> needed = {}) {
  Json json{
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!needed.empty()) json["required"] = std::move(needed);
  return json;
}
/// A mapping from names of the user's own.
Json named(Json values) {
  return {{"type", "object"},
          {"propertyNames", ref("name")},
          {"additionalProperties", std::move(values)}};
}
/// A mapping from compartments.
Json by_compartment(Json values) {
  return {{"type", "object"},
          {"propertyNames", ref("path")},
          {"additionalProperties", std::move(values)}};
}
/// A value, or arithmetic in its place.
Json or_formula(Json schema) {
  return any_of({std::move(schema), ref("formula")});
}

Json integer_from(std::int64_t least) {
  return or_formula({{"type", "integer"}, {"minimum", least}});
}
Json number_above_zero() {
  return or_formula({{"type", "number"}, {"exclusiveMinimum", 0}});
}

Json with_range(Json schema, const Range& range) {
  if (std::isfinite(range.low)) schema[range.low_open ? "exclusiveMinimum" : "minimum"] = range.low;
  if (std::isfinite(range.high))
    schema[range.high_open ? "exclusiveMaximum" : "maximum"] = range.high;
  return schema;
}

// ---- parameters of components ----

using detail::Overloaded;

Json word_of(const Parameter& p) {
  return p.words.empty() ? typed("string") : or_formula({{"enum", p.words}});
}

/// What a parameter takes, as model files write it.
Json form_of(const Parameter& p) {
  const Json number = or_formula(with_range(typed("number"), p.range));
  const Json or_null = typed("null");
  return std::visit(
      Overloaded{
          [&](const int*) { return or_formula(with_range(typed("integer"), p.range)); },
          [&](const float*) { return number; },
          [&](const bool*) { return or_formula(typed("boolean")); },
          [&](const std::string*) { return word_of(p); },
          [&](const std::optional<float>*) {
            return any_of({number, or_null});
          },
          [&](const Shape*) {
            Json json = list_of(or_formula(with_range(typed("integer"), p.range)));
            json["maxItems"] = Shape::kMaxRank;
            return p.example == "optional" ? any_of({json, or_null}) : json;
          },
          [&](const Pair*) {
            Json json = list_of(number);
            json["minItems"] = json["maxItems"] = 2;
            return json;
          },
          [&](const Tagged*) {
            return Json{
                {"type", "array"},
                {"prefixItems", {any_of({word_of(p), or_null}), any_of({number, list_of(number)})}},
                {"minItems", 2},
                {"maxItems", 2}};
          },
          [&](const Tensor*) { return ref("values"); },
          [&](const std::optional<Tensor>*) {
            return any_of({ref("values"), or_null});
          },
          [&](const Initialiser*) {
            return any_of({ref("initialiser"), or_null});
          },
      },
      p.target);
}

/// The default in JSON's types.
Json default_of(const Parameter& p) {
  return std::visit(
      Overloaded{
          [](const int* v) { return Json(*v); },
          [](const bool* v) { return Json(*v); },
          [](const float* v) { return Json(nlohmann::json::parse(fmt::format("{}", *v))); },
          [&](const std::string* v) { return Json(*v); },
          [&](const std::optional<float>* v) {
            return *v ? Json(nlohmann::json::parse(fmt::format("{}", **v))) : Json(nullptr);
          },
          [&](const auto*) { return p.value_text() == "null" ? Json(nullptr) : Json(); },
      },
      p.target);
}

Json of(const Parameter& p) {
  Json json = form_of(p);
  std::string doc = p.doc;
  if (*p.unit.symbol != 0) doc += fmt::format(" [{}]", p.unit.symbol);
  if (!p.range.text().empty()) doc += fmt::format("; {}", p.range.text());
  if (!p.missing()) {
    const Json value = default_of(p);
    const bool plain = !value.is_null() || p.value_text() == "null";
    if (plain) json["default"] = value;
    if (!plain) doc += fmt::format("; default {}", p.value_text());
  }
  json["description"] = doc;
  if (!p.example.empty() && p.example != "optional")
    json["markdownDescription"] = fmt::format("{}\n\ne.g. `{}: {}`", doc, p.name, p.example);
  return json;
}

/// A required parameter is given by its own name, by an old one, or by `defaults`; so no key is
/// required here but the type.
Json of(const ComponentType& type) {
  const auto parameters = type.parameters();
  Json properties{{"type", const_of(type.name)}};
  const Parameters described = parameters->describe();
  for (const Parameter& p : described.all()) {
    properties[p.name] = of(p);
    for (const std::string& alias : p.aliases) {
      properties[alias] = of(p);
      properties[alias]["deprecated"] = true;
      properties[alias]["description"] = fmt::format("now named {}", p.name);
    }
  }
  for (const std::string& name : described.retired())
    properties[name] = {{"deprecated", true}, {"description", "has no effect any more"}};
  properties["key"] = ref("key");
  Json json = mapping(std::move(properties), {"type"});
  return documented(std::move(json), type.summary());
}

// ---- initialisers ----

Json of(const GeneratorInfo& generator) {
  Json properties = Json::object();
  std::vector<std::string> needed;
  for (const ArgumentInfo& a : generator.arguments) {
    Json one = documented(ref("number"), a.doc);
    if (a.default_value)
      one["default"] = *a.default_value;
    else
      needed.emplace_back(a.name);
    properties[std::string(a.name)] = std::move(one);
  }
  for (const OptionInfo& option : initialiser_options()) {
    const Json form = std::visit(
        Overloaded{[](std::optional<double> InitialiserOptions::*) { return ref("number"); },
                   [](bool InitialiserOptions::*) { return or_formula(typed("boolean")); },
                   [](std::optional<Mask> InitialiserOptions::*) {
                     return any_of({integer_from(0), list_of(integer_from(0))});
                   }},
        option.member);
    properties[std::string(option.name)] = documented(form, option.doc);
  }
  Json arguments = mapping(std::move(properties), needed);
  if (needed.empty()) arguments = any_of({std::move(arguments), typed("null")});
  const std::string name(generator.name);
  return documented(mapping({{name, std::move(arguments)}}, {name}), generator.doc);
}

Json initialiser() {
  std::vector<Json> alternatives{ref("values")};
  for (const GeneratorInfo& generator : generators()) alternatives.push_back(of(generator));
  return documented(any_of(std::move(alternatives)),
                    "first values: a generator, an array, or a single number for all");
}

// ---- statements ----

Json clamp() {
  const Json of_data =
      mapping({{"data", ref("name")}, {"steps_axis", Json{{"const", 1}}}}, {"data"});
  Json json = by_compartment(
      any_of({ref("number"), ref("list"), ref("name"), of_data, ref("initialiser")}));
  json["propertyNames"] = any_of({ref("path"), const_of("steps_axis")});
  return documented(std::move(json),
                    "compartments to set: a number, a list, the name of data, an initialiser");
}

Json statements() {
  const Json body = ref("statements"), integer = ref("count");
  Json run = mapping(
      {{"run", ref("name")},
       {"steps", documented(integer, "number of steps; default 1")},
       {"dt", documented(number_above_zero(), "integration time step [ms]")},
       {"t", documented(any_of({ref("number"), const_of("continue")}),
                        "time: counts from 0 unless given; `continue` goes on where the last "
                        "run of this process ended")},
       {"clamp", documented(ref("clamp"), "set before every step")}},
      {"run"});
  run["additionalProperties"] = ref("number");  // other keywords of its methods
  const Json norm = mapping({{"order", {{"enum", {1, 2}}, {"default", 1}}},
                             {"axis", {{"enum", {0, 1}}, {"default", 0}}},
                             {"norm", ref("number")}},
                            {"norm"});
  std::vector<Json> all{
      documented(run, "runs a process"),
      documented(mapping({{"clamp", ref("clamp")}}, {"clamp"}), "sets compartments, once"),
      documented(mapping({{"for", any_of({ref("name"), list_of(ref("name"))})},
                          {"batch", documented(integer_from(1), "samples a turn; default 1")},
                          {"shuffle", or_formula(typed("boolean"))},
                          {"limit", documented(integer, "uses the first samples only")},
                          {"epochs", documented(integer, "number of passes; default 1")},
                          {"remainder", {{"enum", {"drop", "fill"}}}},
                          {"do", body}},
                         {"for", "do"}),
                 "walks data sets side by side"),
      documented(mapping({{"repeat", integer}, {"do", body}}, {"repeat", "do"}), "N times"),
      documented(mapping({{"every", integer_from(1)}, {"do", body}}, {"every", "do"}),
                 "in each N-th turn of the loop around it"),
      documented(mapping({{"normalize", by_compartment(norm)}}, {"normalize"}),
                 "rescales matrices"),
      documented(mapping({{"set", by_compartment(ref("expression"))}}, {"set"}),
                 "assigns expressions, once"),
      documented(mapping({{"record", list_of(ref("path"))}}, {"record"}),
                 "appends the present values to the recording"),
      documented(mapping({{"log", Json{{"type", {"string", "number", "boolean"}}}}}, {"log"}),
                 "a line for the person who watches"),
  };
  return list_of({{"oneOf", std::move(all)}});
}

// ---- the other sections ----

Json processes() {
  const Json chain = ref("chain");
  const Json paths = list_of(ref("path"));
  return documented(
      named(any_of({chain, list_of(chain), mapping({{"join", list_of(ref("name"))}}, {"join"}),
                    mapping({{"command", any_of({ref("name"), list_of(ref("name"))})},
                             {"only", list_of(ref("component_path"))},
                             {"except", list_of(ref("component_path"))}},
                            {"command"})})),
      "what runs in a step: methods in order, joined processes, or every component's method of a "
      "name");
}

Json output() {
  const Json mosaic = mapping(
      {{"tile",
        Json{{"type", "array"}, {"items", integer_from(1)}, {"minItems", 2}, {"maxItems", 2}}},
       {"axis", {{"enum", {"columns", "rows"}}, {"default", "columns"}}},
       {"every", or_formula(typed("boolean"))}},
      {"tile"});
  return mapping({{"directory", documented(typed("string"), "default: runs/NAME")},
                  {"report", documented(or_formula(typed("boolean")), "a page of the run")},
                  {"mosaic", documented(by_compartment(mosaic), "pictures of recorded matrices")}});
}

Json sections() {
  const Json scalar{{"type", {"number", "string", "boolean", "null"}}};
  const Json words = any_of({typed("null"), scalar});
  const auto optional = [](Json schema) { return any_of({std::move(schema), typed("null")}); };
  const Json watch = any_of(
      {ref("path"),
       mapping({{"compartment", ref("path")}, {"every", integer_from(1)}, {"process", ref("name")}},
               {"compartment"})});
  const Json wire = any_of(
      {ref("wire"),
       mapping({{"wire", ref("wire")}, {"delayed", or_formula(typed("boolean"))}}, {"wire"})});
  Json seed = any_of({Json{{"type", "integer"}, {"minimum", 0}, {"maximum", 4294967295U}},
                      ref("formula"), typed("null")});
  return {
      {"plexus", {{"const", 1}, {"description", "version of the format"}}},
      {"name", documented(optional(typed("string")), "default: the file's name")},
      {"description", optional(typed("string"))},
      {"seed", documented(std::move(seed), "determines every random number")},
      {"plugins",
       documented(optional(list_of(typed("string"))), "shared libraries with component types")},
      {"parameters", documented(optional(named(scalar)), "for $(…), and for --set NAME=VALUE")},
      {"defaults",
       documented(optional(typed("object")), "given to every component that has such a parameter")},
      {"components", optional(named(ref("component")))},
      {"contexts",
       documented(optional(named(mapping(
                      {{"model", typed("string")}, {"with", optional(named(words))}}, {"model"}))),
                  "circuits of other files")},
      {"wires", optional(list_of(wire))},
      {"processes", optional(processes())},
      {"data",
       documented(
           optional(named(mapping(
               {{"file", typed("string")}, {"array", typed("string")}, {"scale", ref("number")}},
               {"file"}))),
           "arrays; the first axis counts samples")},
      {"protocol", optional(ref("statements"))},
      {"watch", documented(optional(list_of(watch)), "recorded after every step")},
      {"output", optional(output())},
  };
}

Json text_of(const char* pattern, std::string doc) {
  return {{"type", "string"}, {"pattern", pattern}, {"description", std::move(doc)}};
}

std::string operators_doc() {
  std::string doc = "compartments, numbers, + - * ( ) and the operators";
  for (const OperatorType* type : operators())
    doc += fmt::format("\n{}: {}", type->name, type->doc);
  return doc;
}

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
  defs["initialiser"] = initialiser();
  defs["clamp"] = clamp();
  defs["statements"] = statements();
  Json types = Json::array();
  for (const ComponentType* type : component_types()) {
    defs[std::string(type->name)] = of(*type);
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

}  // namespace

std::string json_schema() {
  Json properties = sections();
  properties["components"] = true;
  const auto components = [](Json each) {
    return Json{{"properties", {{"components", any_of({named(std::move(each)), typed("null")})}}}};
  };
  const Json json{
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "Plexus model, version 1"},
      {"type", "object"},
      {"required", {"plexus"}},
      {"properties", std::move(properties)},
      {"additionalProperties", false},
      {"if", {{"required", {"plugins"}}}},
      {"then", components(any_of({ref("component"), ref("component_of_plugin")}))},
      {"else", components(ref("component"))},
      {"$defs", definitions()},
  };
  return json.dump(2) + "\n";
}

}  // namespace plexus::model

#include <cmath>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/schema/forms.h"
#include "plexus/core/overloaded.h"
#include "plexus/core/parameters.h"
#include "plexus/core/registry.h"

namespace plexus::model::detail {
namespace {

Json with_range(Json schema, const Range& range) {
  if (std::isfinite(range.low)) schema[range.low_open ? "exclusiveMinimum" : "minimum"] = range.low;
  if (std::isfinite(range.high))
    schema[range.high_open ? "exclusiveMaximum" : "maximum"] = range.high;
  return schema;
}

Json word_of(const Parameter& p) {
  if (p.words.empty()) return typed("string");
  Json words = p.words;
  if (p.takes_none()) words.push_back(nullptr);
  return or_formula({{"enum", words}});
}

/// What a parameter takes, as model files write it.
Json form_of(const Parameter& p) {
  const Json number = or_formula(with_range(typed("number"), p.range));
  const Json or_null = typed("null");
  return std::visit(
      plexus::detail::Overloaded{
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
          [&](const std::vector<Tensor>*) {
            return any_of({list_of(ref("values")), or_null});
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
      plexus::detail::Overloaded{
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

}  // namespace

/// A required parameter is given by its own name, by an old one, or by `defaults`; so no key is
/// required here but the type.
Json schema_of(const ComponentType& type) {
  const auto parameters = type.parameters();
  Json properties{{"type", const_of(type.name)}};
  const Parameters described = parameters->describe();
  for (const Parameter& p : described.all()) {
    if (const auto dot = p.name.find('.'); dot != std::string::npos) {  // of a group
      Json& group = properties[p.name.substr(0, dot)];
      if (group.is_null()) group = any_of({mapping(Json::object()), typed("null")});
      group["anyOf"][0]["properties"][p.name.substr(dot + 1)] = of(p);
      continue;
    }
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

}  // namespace plexus::model::detail

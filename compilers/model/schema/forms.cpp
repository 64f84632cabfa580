#include "plexus/compilers/model/schema/forms.h"

#include <utility>

#include <fmt/format.h>

namespace plexus::model::detail {

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
Json mapping(Json properties, std::vector<std::string> needed) {
  Json json{
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!needed.empty()) json["required"] = std::move(needed);
  return json;
}
Json named(Json values) {
  return {{"type", "object"},
          {"propertyNames", ref("name")},
          {"additionalProperties", std::move(values)}};
}
Json by_compartment(Json values) {
  return {{"type", "object"},
          {"propertyNames", ref("path")},
          {"additionalProperties", std::move(values)}};
}
Json or_formula(Json schema) {
  return any_of({std::move(schema), ref("formula")});
}

Json integer_from(std::int64_t least) {
  return or_formula({{"type", "integer"}, {"minimum", least}});
}
Json number_above_zero() {
  return or_formula({{"type", "number"}, {"exclusiveMinimum", 0}});
}

}  // namespace plexus::model::detail

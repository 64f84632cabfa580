#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace plexus {
struct ComponentType;
}

namespace plexus::model::detail {

using Json = nlohmann::ordered_json;

// Pieces of a JSON Schema.
Json ref(std::string_view definition);
Json any_of(std::vector<Json> alternatives);
Json typed(const char* type);
Json list_of(Json items);
Json documented(Json schema, std::string_view doc);
Json const_of(std::string_view word);
/// A mapping with these keys and no others.
Json mapping(Json properties, std::vector<std::string> needed = {});
/// A mapping from names of the user's own.
Json named(Json values);
/// A mapping from compartments.
Json by_compartment(Json values);
/// A value, or arithmetic in its place.
Json or_formula(Json schema);
Json integer_from(std::int64_t least);
Json number_above_zero();

// Its parts, each of which stands under a name in `$defs` or is a section of the model.
Json schema_of(const ComponentType& type);
Json initialiser_schema();
Json clamp_schema();
Json statements_schema();
Json sections_schema();
Json definitions();

}  // namespace plexus::model::detail

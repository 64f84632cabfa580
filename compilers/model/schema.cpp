#include "plexus/compilers/model/schema.h"

#include <utility>

#include "plexus/compilers/model/schema/forms.h"

namespace plexus::model {

using detail::any_of;
using detail::Json;
using detail::named;
using detail::ref;
using detail::typed;

std::string json_schema() {
  Json properties = detail::sections_schema();
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
      {"$defs", detail::definitions()},
  };
  return json.dump(2) + "\n";
}

}  // namespace plexus::model

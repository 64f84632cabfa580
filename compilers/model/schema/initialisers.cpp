#include <utility>
#include <variant>

#include "plexus/compilers/model/schema/forms.h"
#include "plexus/core/overloaded.h"
#include "plexus/core/random/initialiser.h"

namespace plexus::model::detail {
namespace {

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
    const Json form =
        std::visit(plexus::detail::Overloaded{
                       [](std::optional<double> InitialiserOptions::*) { return ref("number"); },
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

}  // namespace

Json initialiser_schema() {
  std::vector<Json> alternatives{ref("values")};
  for (const GeneratorInfo& generator : generators()) alternatives.push_back(of(generator));
  return documented(any_of(std::move(alternatives)),
                    "first values: a generator, an array, or a single number for all");
}

}  // namespace plexus::model::detail

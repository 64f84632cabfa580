#include <utility>

#include "plexus/compilers/model/schema/forms.h"

namespace plexus::model::detail {
namespace {

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

}  // namespace

Json sections_schema() {
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

}  // namespace plexus::model::detail

#include <utility>

#include "plexus/compilers/model/schema/forms.h"

namespace plexus::model::detail {

Json clamp_schema() {
  const Json of_data =
      mapping({{"data", ref("name")}, {"steps_axis", Json{{"const", 1}}}}, {"data"});
  Json json = by_compartment(
      any_of({ref("number"), ref("list"), ref("name"), of_data, ref("initialiser")}));
  json["propertyNames"] = any_of({ref("path"), const_of("steps_axis")});
  return documented(std::move(json),
                    "compartments to set: a number, a list, the name of data, an initialiser");
}

Json statements_schema() {
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

}  // namespace plexus::model::detail

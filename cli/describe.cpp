#include "plexus/core/describe.h"

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "plexus/cli/command.h"
#include "plexus/core/error.h"
#include "plexus/core/operator.h"
#include "plexus/core/registry.h"

namespace plexus::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

std::string json_of(const OperatorType& type) {
  nlohmann::ordered_json json{{"name", type.name},
                              {"doc", type.doc},
                              {"min_operands", type.min_operands},
                              {"max_operands", type.max_operands}};
  json["arguments"] = nlohmann::ordered_json::array();
  for (const OperatorArgument& a : type.arguments) {
    nlohmann::ordered_json one{{"name", a.name}, {"required", !a.fallback.has_value()}};
    if (a.fallback) one["default"] = *a.fallback;
    json["arguments"].push_back(std::move(one));
  }
  return json.dump(2) + "\n";
}

std::string description(const Arguments& given) {
  if (given.name.empty()) return given.json ? describe_all_json() : describe_all();
  if (const ComponentType* type = find_component_type(given.name))
    return given.json ? describe_json(*type) : describe(*type);
  if (const OperatorType* type = find_operator(given.name))
    return given.json ? json_of(*type) : describe(*type);
  std::vector<std::string> known = component_type_names();
  for (const OperatorType* type : operators()) known.push_back(type->name);
  const std::string near = nearest(given.name, known);
  throw Error(Error::Kind::config, {},
              fmt::format("there is no component type or operator '{}'", given.name),
              near.empty() ? "`plexus describe` lists them all" : did_you_mean(given.name, known));
}

}  // namespace

Command describe_command(CLI::App& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& syntax = *program.add_subcommand(
      "describe", "Lists component types and operators, or tells all about one");
  syntax
      .add_option("name", given->name,
                  "Tells its equations, parameters, compartments, methods and literature")
      ->type_name("TYPE|OPERATOR");
  syntax.add_flag("--json", given->json, "Writes JSON");
  syntax.footer("Example:\n  plexus describe BCMSynapse");
  return {&syntax, [given] {
            fmt::print("{}", description(*given));
            return kSuccess;
          }};
}

}  // namespace plexus::cli

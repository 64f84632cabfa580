#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "plexus/compilers/graph/dependency_graph.h"
#include "plexus/compilers/graph/draw.h"
#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/method.h"
#include "plexus/core/registry.h"

namespace plexus {
namespace {

using Json = nlohmann::ordered_json;

Json extents(const Shape& shape) {
  return std::vector<std::int64_t>(shape.begin(), shape.end());
}

const char* word(Access access) {
  switch (access) {
    case Access::read: return "reads";
    case Access::update: return "updates";
    case Access::clear: return "clears";
    case Access::write:
    case Access::look:
    case Access::publish: return "writes";
  }
  return "";
}

Json of(const Method& method) {
  Json json{{"name", method.name()}, {"keywords", method.keywords()}};
  for (const char* key : {"reads", "updates", "writes", "clears"}) json[key] = Json::array();
  for (const Use& use : method.uses())
    if (use.compartment->role() != Role::internal)
      json[word(use.access)].push_back(use.compartment->label());
  return json;
}

Json of(const Component& component) {
  Json json{{"name", component.label()},
            {"type", component.type().name},
            {"family", component.type().family},
            {"context", component.context().path()},
            {"batch_size", component.batch_size()}};
  json["compartments"] = Json::array();
  for (const Compartment* c : component.compartments())
    if (c->role() != Role::internal)
      json["compartments"].push_back(
          {{"name", c->name()}, {"role", to_string(c->role())}, {"shape", extents(c->shape())}});
  json["methods"] = Json::array();
  for (const Method* m : component.methods()) json["methods"].push_back(of(*m));
  json["parts"] = Json::array();
  for (const Component* part : component.parts()) json["parts"].push_back(of(*part));
  return json;
}

Json of(const Wire& wire) {
  Json json{{"from", Json::array()},
            {"to", wire.destination->label()},
            {"expression", wire.source.text()},
            {"operators", Json::array()},
            {"delayed", wire.delayed}};
  for (const Compartment* c : wire.source.compartments()) json["from"].push_back(c->label());
  for (const Operation& operation : wire.operations)
    json["operators"].push_back(operation.type->name);
  return json;
}

Json dependencies(const std::vector<const Method*>& calls, const std::string& process) {
  Json json = Json::array();
  for (const Dependency& edge : dependency_graph(calls, process).edges)
    json.push_back({{"from", calls[edge.from]->label()},
                    {"to", calls[edge.to]->label()},
                    {"written", edge.written->label()},
                    {"read", edge.read->label()}});
  return json;
}

Json of(Process& process) {
  Json json{{"name", process.name()}, {"context", process.context().path()}};
  try {
    const Plan& plan = process.plan();
    json["calls"] = Json::array();
    for (const Method* m : plan.order) json["calls"].push_back(m->label());
    json["keywords"] = plan.keywords;
    json["dependencies"] = dependencies(plan.order, process.name());
  } catch (const Error& error) {
    if (!json.contains("keywords")) json["error"] = error.what();
  }
  return json;
}

}  // namespace

std::string to_json(Context& circuit) {
  Json json{{"name", circuit.name()},
            {"components", Json::array()},
            {"wires", Json::array()},
            {"processes", Json::array()}};
  for (const Component* c : circuit.all_components()) json["components"].push_back(of(*c));
  for (const auto& wire : circuit.wires()) json["wires"].push_back(of(*wire));
  for (const Context* context : circuit.contexts())
    for (const auto& process : context->processes()) json["processes"].push_back(of(*process));
  return json.dump(2) + "\n";
}

}  // namespace plexus

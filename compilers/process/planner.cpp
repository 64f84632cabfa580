#include "plexus/compilers/process/planner.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/compilers/component/bind.h"
#include "plexus/compilers/graph/dependency_graph.h"
#include "plexus/compilers/process/explain.h"
#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/log.h"
#include "plexus/core/method.h"
#include "plexus/core/process.h"
#include "plexus/core/wire.h"

namespace plexus {
namespace {

std::vector<std::string> labels_of(const std::vector<Component*>& components) {
  std::vector<std::string> labels;
  for (const Component* c : components) labels.push_back(c->label());
  return labels;
}

/// The components that a command addresses.
std::vector<Component*> addressed(const Process& process) {
  const CommandSpec& spec = *process.command();
  std::vector<Component*> all = process.context().all_components();
  const auto named = [&](const std::vector<std::string>& names, const Component* c) {
    return std::ranges::any_of(names, [&](const std::string& name) {
      return c == process.context().find(name);
    });
  };
  for (const auto* names : {&spec.only, &spec.except})
    for (const std::string& name : *names)
      if (process.context().find(name) == nullptr)
        throw Error(Error::Kind::config, {},
                    fmt::format("command '{}': there is no component '{}'", process.name(), name),
                    did_you_mean(name, labels_of(all)));
  if (spec.has_only) std::erase_if(all, [&](const Component* c) { return !named(spec.only, c); });
  std::erase_if(all, [&](const Component* c) { return named(spec.except, c); });
  return all;
}

/// All calls of a command, in the order of the graph; its methods in turn.
std::vector<const Method*> ordered(const Process& command, std::vector<Cut>& cuts,
                                   std::vector<Plan::Warning>& warnings) {
  std::vector<const Method*> calls;
  const std::vector<Component*> components = addressed(command);
  for (const std::string& name : command.command()->methods) {
    std::vector<const Method*> phase;
    for (const Component* c : components)
      if (const Method* m = c->find_method(name)) phase.push_back(m);
    if (phase.empty()) {
      std::vector<std::string> known;
      for (const Component* c : components)
        for (const Method* m : c->methods()) known.push_back(m->name());
      throw Error(Error::Kind::config, {},
                  fmt::format("command '{}': no component has a method '{}'", command.name(), name),
                  did_you_mean(name, known));
    }
    const DependencyGraph graph = dependency_graph(phase, command.name());
    const Schedule made = schedule(graph, command.name());
    for (const std::size_t i : made.order) calls.push_back(phase[i]);
    for (const Cut& cut : made.cuts) {
      warnings.push_back({cut.wire, to_string(cut, graph, command.name())});
      cuts.push_back(cut);
    }
  }
  return calls;
}

/// One stretch of calls that share their cuts: a chain, or a command.
struct Stretch {
  std::vector<const Method*> calls;
  Cuts cuts;
};

void collect(const Process& process, std::vector<Stretch>& stretches, Plan& plan) {
  if (process.command() != nullptr) {
    Stretch stretch;
    std::vector<Cut> cuts;
    stretch.calls = ordered(process, cuts, plan.warnings);
    for (const Cut& cut : cuts) {
      process.context().root().ensure_delay(*cut.wire);
      stretch.cuts.push_back(cut.wire);
    }
    stretches.push_back(std::move(stretch));
  }
  for (const auto& item : process.items()) {
    if (const auto* child = std::get_if<Process*>(&item)) {
      collect(**child, stretches, plan);
      continue;
    }
    if (stretches.empty() || !stretches.back().cuts.empty()) stretches.emplace_back();
    stretches.back().calls.push_back(std::get<Method*>(item));
  }
}

/// Every wire that a call reads through: in a synchronous process all of them are late.
Cuts all_wires(const std::vector<Stretch>& stretches, Context& root) {
  Cuts cuts;
  for (const Stretch& stretch : stretches)
    for (const Method* call : stretch.calls)
      for (const Use& use : call->uses())
        if (const Wire* wire = use.compartment->wire()) {
          root.ensure_delay(*wire);
          cuts.push_back(wire);
        }
  return cuts;
}

}  // namespace

std::unique_ptr<Plan> ProcessCompiler::compile(const Process& process) {
  auto plan = std::make_unique<Plan>();
  Context& root = process.context().root();
  std::vector<Stretch> stretches;
  collect(process, stretches, *plan);
  if (process.is_synchronous()) {
    const Cuts cuts = all_wires(stretches, root);
    for (Stretch& stretch : stretches) stretch.cuts = cuts;
  }

  Cuts all_cuts;
  std::vector<const Wire*> fresh;
  for (const Stretch& stretch : stretches) {
    if (!stretch.cuts.empty()) fresh.clear();
    for (const Method* method : stretch.calls) {
      bind_method(*method, *plan, root.state(), stretch.cuts, fresh, process.name());
      plan->order.push_back(method);
      plan->method_ends.push_back(plan->calls.size());
      for (const std::string& keyword : method->keywords()) {
        if (std::ranges::find(plan->keywords, keyword) != plan->keywords.end()) continue;
        plan->keywords.push_back(keyword);
        plan->keyword_users.push_back(method);
      }
    }
    all_cuts.insert(all_cuts.end(), stretch.cuts.begin(), stretch.cuts.end());
    if (!stretch.cuts.empty()) fresh.clear();
  }
  bind_end_of_step(root.wires(), *plan, root.state());
  for (const Plan::Warning& warning : plan->warnings) plan->remarks.push_back("  " + warning.text);
  explain(*plan, all_cuts);
  log_debug("compiled '{}': {} method calls, {} kernels", process.name(), plan->order.size(),
            plan->calls.size());
  return plan;
}

}  // namespace plexus

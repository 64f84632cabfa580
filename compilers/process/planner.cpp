#include "plexus/compilers/process/planner.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/component/bind.h"
#include "plexus/compilers/graph/dependency_graph.h"
#include "plexus/compilers/process/explain.h"
#include "plexus/compilers/process/shortcuts.h"
#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/kernels/shared.h"
#include "plexus/core/log.h"
#include "plexus/core/method.h"
#include "plexus/core/process.h"
#include "plexus/core/threads.h"
#include "plexus/core/wire.h"

namespace plexus {
namespace {

std::vector<std::string> labels_of(const std::vector<Component*>& components) {
  std::vector<std::string> labels;
  for (const Component* c : components) labels.push_back(c->label());
  return labels;
}

/// The components that a command addresses: all of the context, or some; parts only by name.
std::vector<Component*> addressed(const Process& process) {
  const CommandSpec& spec = *process.command();
  const Context& context = process.context();
  std::vector<Component*> all = context.all_components();
  const auto refuse = [&](const std::string& problem, const std::string& remedy) {
    throw Error(Error::Kind::config, {.path = context.path() + ":" + process.name()},
                fmt::format("command '{}': {}", process.name(), problem), remedy);
  };
  const auto found = [&](const std::string& name) {
    Component* const c = context.find(name);
    if (c == nullptr)
      refuse(fmt::format("there is no component '{}'", name), did_you_mean(name, labels_of(all)));
    return c;
  };
  std::set<const Component*> only, except;
  for (const std::string& name : spec.only) only.insert(found(name));
  for (const std::string& name : spec.except) except.insert(found(name));

  std::vector<Component*> chosen;
  const auto choose = [&](auto&& self, Component* c, bool by_name_alone) -> void {
    const bool all_named = spec.has_only || !spec.only.empty();
    if (except.contains(c)) {
      if (by_name_alone && !only.contains(c))
        refuse(fmt::format("{} is not among its components: {} runs it", c->label(),
                           c->parent()->label()),
               fmt::format("leave {} out instead", c->parent()->label()));
    } else if (all_named ? only.contains(c) : !by_name_alone) {
      chosen.push_back(c);
    }
    for (Component* part : c->parts()) self(self, part, true);
  };
  for (Component* c : all) choose(choose, c, false);
  return chosen;
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
        for (const Method* m : c->methods())
          if (std::ranges::find(known, m->name()) == known.end()) known.push_back(m->name());
      throw Error(Error::Kind::config, {.path = command.context().path() + ":" + command.name()},
                  fmt::format("command '{}': no component has a method '{}'", command.name(), name),
                  did_you_mean(name, known));
    }
    const DependencyGraph graph = dependency_graph(phase, command.name());
    const Schedule made = schedule(graph, command.name());
    for (const std::size_t i : made.order) calls.push_back(phase[i]);
    for (const Cut& cut : made.cuts) {
      if (!cut.loop.empty()) warnings.push_back({cut.wire, to_string(cut, graph, command.name())});
      cuts.push_back(cut);
    }
    if (made.cuts.size() > kShownCuts)
      warnings.push_back({made.cuts[kShownCuts].wire,
                          fmt::format("command '{}' runs in {} cycles in all; the others are cut "
                                      "at the wire declared last, too",
                                      command.name(), made.cuts.size())});
  }
  return calls;
}

/// One stretch of calls that share their cuts: a chain, or a command.
struct Stretch {
  std::vector<const Method*> calls;
  Cuts cuts;
};

/// Every wire that a stretch reads through: in a synchronous process all of them are late.
void cut_all_wires(Stretch& stretch, Context& root) {
  stretch.cuts.clear();
  for (const Method* call : stretch.calls)
    for (const Use& use : call->uses())
      if (const Wire* wire = use.compartment->wire())
        if (stretch.cuts.insert(wire).second) root.ensure_delay(*wire);
}

void collect(const Process& process, std::vector<Stretch>& stretches, Plan& plan,
             bool synchronous) {
  synchronous = synchronous || process.is_synchronous();
  Context& root = process.context().root();
  if (process.command() != nullptr) {
    Stretch stretch;
    std::vector<Cut> cuts;
    std::vector<Plan::Warning> warnings;
    stretch.calls = ordered(process, cuts, warnings);
    if (synchronous) {
      cut_all_wires(stretch, root);
    } else {
      for (const Cut& cut : cuts) {
        root.ensure_delay(*cut.wire);
        stretch.cuts.insert(cut.wire);
      }
      plan.warnings.insert(plan.warnings.end(), warnings.begin(), warnings.end());
    }
    stretches.push_back(std::move(stretch));
  }
  Stretch chain;
  const auto end_chain = [&] {
    if (chain.calls.empty()) return;
    if (synchronous) cut_all_wires(chain, root);
    stretches.push_back(std::exchange(chain, {}));
  };
  for (const auto& item : process.items()) {
    if (const auto* child = std::get_if<Process*>(&item)) {
      end_chain();
      collect(**child, stretches, plan, synchronous);
    } else {
      chain.calls.push_back(std::get<Method*>(item));
    }
  }
  end_chain();
}

/// Adds the keywords of a method. One that may be left out has the value on which all that take it
/// agree.
void note_keywords(const Method& method, Plan& plan) {
  for (const std::string& keyword : method.keywords()) {
    const std::optional<float> fallback = method.fallback(keyword);
    const auto known = std::ranges::find(plan.keywords, keyword);
    if (known == plan.keywords.end()) {
      plan.keywords.push_back(keyword);
      plan.keyword_users.push_back(&method);
      plan.keyword_fallbacks.push_back(fallback);
      continue;
    }
    const auto at = known - plan.keywords.begin();
    auto& agreed = plan.keyword_fallbacks[static_cast<std::size_t>(at)];
    if (agreed == fallback) continue;
    if (agreed && !fallback) plan.keyword_users[static_cast<std::size_t>(at)] = &method;
    agreed.reset();
  }
}

/// Calls that are large enough are shared among the threads.
void share_calls(Plan& plan) {
  for (Call& call : plan.calls) {
    auto shared = detail::shared_among(plan.threads, call.kernel, call);
    if (shared.parts.empty()) continue;
    plan.remarks.push_back(fmt::format("  {} is shared among {} threads, in {} parts",
                                       call.method->label(), plan.threads, shared.parts.size()));
    plan.shared.push_back(std::make_shared<detail::Shared>(std::move(shared)));
    call.shared = plan.shared.back().get();
    call.kernel = &detail::run_shared;
  }
}

}  // namespace

std::unique_ptr<Plan> ProcessCompiler::compile(const Process& process) {
  auto plan = std::make_unique<Plan>();
  Context& root = process.context().root();
  std::vector<Stretch> stretches;
  collect(process, stretches, *plan, false);

  FreshWires fresh;
  const Cuts* before = nullptr;
  for (const Stretch& stretch : stretches) {
    // The same wire has another value where other wires are cut.
    if (before != nullptr && *before != stretch.cuts) fresh = {};
    before = &stretch.cuts;
    for (const Method* method : stretch.calls) {
      bind_method(*method, *plan, root.state(), stretch.cuts, fresh, process.name());
      plan->order.push_back(method);
      plan->method_ends.push_back(plan->calls.size());
      note_keywords(*method, *plan);
    }
    plan->cuts.insert(stretch.cuts.begin(), stretch.cuts.end());
  }
  std::set<const Component*> prepared;
  for (const Call& call : plan->calls)
    if (call.stage != nullptr && prepared.insert(call.stage->owner).second)
      plan->components.push_back(call.stage->owner);
  std::vector<const Wire*> wires;
  for (const auto* list : {&root.wires(), &root.probes()})
    for (const auto& wire : *list) wires.push_back(wire.get());
  bind_end_of_step(wires, *plan, root.state());
  for (const Plan::Warning& warning : plan->warnings) plan->remarks.push_back("  " + warning.text);
  explain(*plan, plan->cuts);
  plan->threads = threads();
  plan->shortcuts = make_shortcuts(*plan);
  share_calls(*plan);
  log_debug("compiled '{}': {} method calls, {} kernels", process.name(), plan->order.size(),
            plan->calls.size());
  return plan;
}

}  // namespace plexus

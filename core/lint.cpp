#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "plexus/core/context.h"
#include "plexus/core/method.h"

namespace plexus {

namespace {

/// True if the command runs methods of `c`.
bool addresses(const CommandSpec& command, const Context& context, const Component* c) {
  const auto names = [&](const std::vector<std::string>& list) {
    return std::ranges::any_of(list,
                               [&](const std::string& name) { return context.find(name) == c; });
  };
  const bool all = !command.has_only && command.only.empty();
  return (all || names(command.only)) && !names(command.except);
}

}  // namespace

std::vector<Context::Lint> Context::lint() const {
  std::set<const Method*> called;
  bool any = false;
  for (const Context* context : root_->contexts()) {
    for (const auto& process : context->processes_) {
      if (const CommandSpec* command = process->command()) {
        for (const Component* c : context->all_components()) {
          if (!addresses(*command, *context, c)) continue;
          for (const std::string& name : command->methods)
            if (const Method* m = c->find_method(name)) called.insert(m);
        }
      }
      for (const auto& item : process->items())
        if (const auto* method = std::get_if<Method*>(&item)) called.insert(*method);
      any = true;
    }
  }
  std::vector<Lint> warnings;
  if (!any) return warnings;
  std::set<const Compartment*> read, written, told;
  for (const Method* m : called)
    for (const Use& use : m->uses()) {
      if (use.access == Access::clear) continue;
      read.insert(use.compartment);
      if (use.access != Access::read) written.insert(use.compartment);
    }
  for (const auto& wire : root_->wires_) {
    if (!read.contains(wire->destination)) continue;
    for (Compartment* source : sources_of(*wire->destination)) {
      if (source->role() != Role::output || written.contains(source) || told.contains(source))
        continue;
      std::vector<const Method*> writers;
      for (const Method* m : source->owner().methods())
        for (const Use& use : m->uses())
          if (use.compartment == source && use.access != Access::read &&
              use.access != Access::clear)
            writers.push_back(m);
      const bool part = source->owner().parent() != nullptr;  // run by its owner
      if (part || writers.empty()) continue;
      told.insert(source);
      warnings.push_back(
          {wire.get(),
           fmt::format("{} is read through {}, but no process calls {}", source->label(),
                       wire->text(), writers.front()->label()),
           fmt::format("add {} to a process, or take the wire away", writers.front()->label())});
    }
  }
  return warnings;
}

}  // namespace plexus

#include "plexus/compilers/process/invariant.h"

#include <algorithm>
#include <set>

#include "plexus/core/wire.h"

namespace plexus {
namespace {

using Addresses = std::set<const void*>;

/// Numbers, the time of the step, and what is not an equation may differ from step to step.
bool may_vary_by_itself(const Call& call) {
  if (call.operation != nullptr)
    return call.operation->call.memory.values != nullptr || *call.operation->call.function;
  if (call.stage == nullptr) return false;
  return call.stage->kind == Stage::Kind::whole || call.stage->draws || call.stage->loops.timed;
}

bool touches(const std::vector<const void*>& addresses, const Addresses& some) {
  return std::ranges::any_of(addresses, [&](const void* a) { return some.contains(a); });
}

/// Addresses that are not first touched by a call that only writes them: their values of one step
/// are in those of the next.
Addresses carried_over(const Plan& plan) {
  Addresses seen, carried;
  for (const Call& call : plan.calls) {
    for (const void* a : call.inputs)
      if (seen.insert(a).second) carried.insert(a);
    for (const void* a : call.outputs) seen.insert(a);
  }
  return carried;
}

}  // namespace

std::vector<bool> invariant_calls(const Plan& plan, std::span<const void* const> fed,
                                  const std::set<std::size_t>& excluded) {
  const Addresses carried = carried_over(plan);
  Addresses varying(fed.begin(), fed.end());
  for (const Call& call : plan.end_of_step)
    varying.insert(call.outputs.begin(), call.outputs.end());

  std::vector<bool> invariant(plan.calls.size(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < plan.calls.size(); ++i) {
      if (!invariant[i]) continue;
      const Call& call = plan.calls[i];
      // Written, and before that read, within a step: another value in each.
      const bool drifts =
          std::ranges::any_of(call.outputs, [&](const void* a) { return carried.contains(a); });
      if (!excluded.contains(i) && !may_vary_by_itself(call) && !drifts &&
          !touches(call.inputs, varying) && !touches(call.outputs, varying))
        continue;
      invariant[i] = false;
      changed = true;
      varying.insert(call.outputs.begin(), call.outputs.end());
    }
  }
  return invariant;
}

}  // namespace plexus

#include "plexus/compilers/process/explain.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/process/cost.h"
#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/method.h"

namespace plexus {
namespace {

const char* kernel_name(const Stage& stage) {
  using enum Stage::Kind;
  switch (stage.kind) {
    case unit: return stage.draws ? "unit by unit, with random numbers" : "unit by unit";
    case post: return "unit by unit, with means over the batch";
    case synapse: return "synapse by synapse";
    case product: return stage.transposed ? "product with the transpose" : "product";
    case whole: return "whole";
    case clear: return "clear";
  }
  return "?";
}

bool is_input(Access access) {
  return access == Access::read || access == Access::update;
}

/// True if a use gives its compartment a new value.
bool is_new_value(const Use& use) {
  return use.access != Access::read && use.access != Access::clear;
}

/// The first and the last method call of a plan that give each compartment a new value.
using Writers = std::map<const Compartment*, std::pair<std::size_t, std::size_t>>;
Writers writers_of(const Plan& plan) {
  Writers writers;
  for (std::size_t i = 0; i < plan.order.size(); ++i)
    for (const Use& use : plan.order[i]->uses())
      if (is_new_value(use)) writers.try_emplace(use.compartment, i, i).first->second.second = i;
  return writers;
}

/// Says of one wired read, by the call at `at`, which value it gets.
std::string timing(const Writers& writers, std::size_t at, const Compartment& read,
                   const Cuts& cuts) {
  const Wire& wire = *read.wire();
  if (wire.delayed) return "delayed: the value of the step before";
  if (cuts.contains(&wire)) return "cut: the value of the step before";
  bool before = false, after = false;
  for (const Compartment* source : sources_of(read)) {
    const auto found = writers.find(source);
    if (found == writers.end()) continue;
    before = before || found->second.first < at;
    after = after || found->second.second >= at;
  }
  if (before) return "this step";
  if (after) return "one step late: written further down";
  for (const Compartment* source : sources_of(read))
    for (const Method* m : source->owner().methods())
      if (std::ranges::any_of(m->uses(), [&](const Use& use) {
            return use.compartment == source && is_new_value(use);
          }))
        return fmt::format("as it stands: {} is not called here", m->label());
  return "as it stands: nothing here writes it";
}

/// Outputs that a call writes and that no call reads, itself or through wires.
std::vector<std::string> never_read(const Plan& plan) {
  std::set<const Compartment*> read;
  const auto follow = [&](auto&& self, const Compartment& c) -> void {
    if (!read.insert(&c).second || c.wire() == nullptr) return;
    for (const Compartment* source : c.wire()->source.compartments()) self(self, *source);
  };
  for (const Method* method : plan.order)
    for (const Use& use : method->uses())
      if (is_input(use.access)) follow(follow, *use.compartment);
  std::vector<std::string> names;
  std::set<const Compartment*> named;
  for (const Method* method : plan.order)
    for (const Use& use : method->uses()) {
      const Compartment& c = *use.compartment;
      if (c.role() == Role::output && !read.contains(&c) && is_new_value(use) &&
          named.insert(&c).second)
        names.push_back(c.label());
    }
  return names;
}

}  // namespace

void explain(Plan& plan, const Cuts& cuts) {
  const Writers writers = writers_of(plan);
  double bytes = 0, flops = 0;
  std::size_t call = 0;
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const Method& method = *plan.order[i];
    std::vector<std::string> kernels;
    double own_bytes = 0, own_flops = 0;
    for (; call < plan.method_ends[i]; ++call) {
      const Call& c = plan.calls[call];
      if (c.stage == nullptr) {
        kernels.push_back(c.operation != nullptr
                              ? fmt::format("evaluate {}", c.operation->type->name)
                              : std::string("copy"));
        continue;
      }
      kernels.emplace_back(kernel_name(*c.stage));
      own_bytes += cost(c).bytes;
      own_flops += cost(c).flops;
    }
    bytes += own_bytes;
    flops += own_flops;
    plan.remarks.push_back(fmt::format(
        "  {:>3}  {:<28} {}; {:.0f} bytes{}", i + 1, method.label(), fmt::join(kernels, ", "),
        own_bytes, own_flops > 0 ? fmt::format(", {:.0f} flops in products", own_flops) : ""));
    for (const Use& use : method.uses()) {
      if (use.compartment->wire() == nullptr) continue;
      const std::string from = use.compartment->wire()->source.text();
      plan.remarks.push_back(is_input(use.access)
                                 ? fmt::format("         {} <- {}   ({})", use.compartment->label(),
                                               from, timing(writers, i, *use.compartment, cuts))
                                 : fmt::format("         {} is wired from {}: left alone",
                                               use.compartment->label(), from));
    }
  }
  if (const auto names = never_read(plan); !names.empty())
    plan.remarks.push_back(
        fmt::format("  written, and read by no call: {}", fmt::join(names, ", ")));
  plan.remarks.push_back(
      fmt::format("  {:.0f} bytes a step, {:.0f} flops in products", bytes, flops));
}

}  // namespace plexus

#include "plexus/compilers/process/explain.h"

#include <algorithm>
#include <set>

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

bool is_input(Access access) { return access == Access::read || access == Access::update; }

/// Says of one wired read which value it gets.
std::string timing(const Plan& plan, std::size_t at, const Compartment& read, const Cuts& cuts) {
  const Wire& wire = *read.wire();
  if (wire.delayed) return "delayed: the value of the step before";
  if (std::ranges::find(cuts, &wire) != cuts.end()) return "cut: the value of the step before";
  bool before = false, after = false;
  for (const Compartment* source : sources_of(read)) {
    for (std::size_t i = 0; i < plan.order.size(); ++i) {
      const auto uses = plan.order[i]->uses();
      const bool writes = std::ranges::any_of(uses, [&](const Use& use) {
        return use.compartment == source && use.access != Access::read && use.access != Access::clear;
      });
      if (writes) (i < at ? before : after) = true;
    }
  }
  if (before) return "this step";
  return after ? "one step late: written further down" : "as it stands: nothing here writes it";
}

}  // namespace

void explain(Plan& plan, const Cuts& cuts) {
  double bytes = 0, flops = 0;
  std::size_t call = 0;
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const Method& method = *plan.order[i];
    std::vector<std::string> kernels;
    double own_bytes = 0, own_flops = 0;
    for (; call < plan.method_ends[i]; ++call) {
      const Call& c = plan.calls[call];
      if (c.stage == nullptr) {
        kernels.push_back(fmt::format("evaluate {}", c.operation->type->name));
        continue;
      }
      kernels.emplace_back(kernel_name(*c.stage));
      own_bytes += bytes_moved(c);
      own_flops += product_flops(c);
    }
    bytes += own_bytes;
    flops += own_flops;
    plan.remarks.push_back(fmt::format("  {:>3}  {:<28} {}; {:.0f} bytes{}", i + 1, method.label(),
                                       fmt::join(kernels, ", "), own_bytes,
                                       own_flops > 0 ? fmt::format(", {:.0f} flops in products", own_flops)
                                                     : ""));
    for (const Use& use : method.uses()) {
      if (use.compartment->wire() == nullptr) continue;
      const std::string from = use.compartment->wire()->source.text();
      plan.remarks.push_back(
          is_input(use.access)
              ? fmt::format("         {} <- {}   ({})", use.compartment->label(), from,
                            timing(plan, i, *use.compartment, cuts))
              : fmt::format("         {} is wired from {}: left alone", use.compartment->label(), from));
    }
  }
  plan.remarks.push_back(fmt::format("  {:.0f} bytes a step, {:.0f} flops in products", bytes, flops));
}

}  // namespace plexus

#include "plexus/compilers/process/cost.h"

#include "plexus/compilers/process/scan_shortcuts.h"
#include "plexus/core/compartment.h"

namespace plexus {
namespace {

double bytes_of(const Call& call, bool looks) {
  double bytes = 0;
  for (const Use& use : call.stage->uses) {
    const bool reads = use.access == Access::read || use.access == Access::update;
    if (!reads && use.compartment->targeted()) continue;  // left alone
    if (!looks && use.access == Access::look) continue;
    const double n = 4.0 * static_cast<double>(use.compartment->held());
    bytes += use.access == Access::update ? 2 * n : n;
  }
  for (const BoundOuter& outer : call.outers)
    bytes += 4.0 * static_cast<double>(outer.pre.size + outer.post.size);
  return bytes;
}

double flops_of(const Call& call) {
  const double size = static_cast<double>(call.batch) * static_cast<double>(call.pre) *
                      static_cast<double>(call.cols);
  if (call.stage->kind == Stage::Kind::product) return 2 * size;
  if (call.stage->kind == Stage::Kind::synapse)
    return 2 * size * static_cast<double>(call.outers.size());
  return 0;
}

}  // namespace

Cost cost(const Call& call) {
  if (call.stage == nullptr) return {};
  return {.bytes = bytes_of(call, true), .flops = flops_of(call)};
}

Cost detail::ScanShortcuts::cost_of(std::size_t i) const {
  const Call& call = plan_.calls[i];
  if (call.stage == nullptr) return {};
  if (products_.contains(i) || updates_.contains(i)) {
    Cost most = cost(call);
    most.by_events = true;
    return most;
  }
  if (const auto merge = merges_.find(i); merge != merges_.end() && merge->second.plain) return {};
  Cost own{.bytes = bytes_of(call, !unread_.contains(i)), .flops = flops_of(call)};
  if (const auto product = merged_products_.find(i); product != merged_products_.end()) {
    const Merged& merge = merges_.at(product->second);
    if (!merge.plain) return own;
    const Call& update = plan_.calls[product->second];
    const double weights = 4.0 * static_cast<double>(call.pre) * static_cast<double>(call.cols);
    own.bytes += bytes_of(update, false) - weights;  // which the update has read
    own.flops += flops_of(update);
  } else if (unread_.contains(i) && !quietened_.contains(i)) {
    return {};
  }
  return own;
}

Cost scan_cost(const Plan& plan, std::size_t i) {
  const auto* shortcuts = dynamic_cast<const detail::ScanShortcuts*>(plan.shortcuts.get());
  return shortcuts != nullptr ? shortcuts->cost_of(i) : cost(plan.calls[i]);
}

}  // namespace plexus

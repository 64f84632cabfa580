// What there is to gain in a plan.
#include <algorithm>

#include "plexus/compilers/process/invariant.h"
#include "plexus/compilers/process/scan_shortcuts.h"
#include "plexus/core/compartment.h"
#include "plexus/core/kernels/active.h"
#include "plexus/core/wire.h"

namespace plexus::detail {
namespace {

constexpr std::int64_t kFewUnits = 16;  // below, a list of spikes does not pay

/// True if `c` holds spikes, itself or at the source of its wire.
bool carries_spikes(const Compartment& c) {
  if (c.wire() == nullptr) return c.options().spikes;
  const Compartment* source = c.wire()->source.compartment();
  return c.wire()->operations.empty() && source != nullptr && carries_spikes(*source);
}

}  // namespace

/// Looks that nothing reads but calls that write none but such looks themselves.
void ScanShortcuts::find_unread_looks() {
  std::set<std::size_t> dropped;
  const auto is_read = [&](const void* a) {
    return touches_.read_at_end(a) || std::ranges::any_of(touches_.readers(a), [&](std::size_t i) {
             return !dropped.contains(i);
           });
  };
  for (std::size_t found = 1; found != 0;) {
    found = 0;
    for (std::size_t i = 0; i < plan_.calls.size(); ++i) {
      const Call& call = plan_.calls[i];
      if (unread_.contains(i) || call.looks.empty()) continue;
      if (std::ranges::any_of(call.looks, is_read)) continue;
      const bool nothing_else = call.looks.size() == call.outputs.size();
      if (!nothing_else && !call.stage->loops.quiet) continue;
      unread_.insert(i);
      (nothing_else ? dropped : quietened_).insert(i);
      ++found;
    }
  }
}

/// The list of an address, made on demand.
ScanShortcuts::List* ScanShortcuts::list_of(const float* values, std::int64_t n) {
  List& list = lists_[values];
  if (list.call.kernel == nullptr) {
    list.list.units = plan_.scratch.words(static_cast<std::size_t>(n + kVector));
    list.call.arguments[0] = const_cast<float*>(values);
    list.call.cols = n;
    list.call.inputs = {values};
    list.call.active_rows = &list.list;
    list.call.kernel = [](const Call& c, const Step&) {
      auto& active = const_cast<ActiveList&>(*c.active_rows);
      active.count = list_active(c.arguments[0], c.cols, active.units);
    };
  }
  return &list;
}

void ScanShortcuts::find_spikes() {
  for (std::size_t i = 0; i < plan_.calls.size(); ++i) {
    const Call& call = plan_.calls[i];
    if (call.stage == nullptr || call.batch != 1) continue;
    if (call.stage->kind == Stage::Kind::product) {
      if (call.stage->transposed || call.pre < kFewUnits ||
          !carries_spikes(*call.stage->uses[0].compartment))
        continue;
      Gather gather{call, {list_of(call.arguments[0], call.pre)}};
      gather.call.active_rows = &gather.lists[0]->list;
      products_.emplace(i, std::move(gather));
    } else if (call.stage->kind == Stage::Kind::synapse && call.stage->loops.active) {
      find_event_update(i, call);
    }
  }
}

/// Every outer product needs a side that is 0 where nobody spikes; one list of rows, one of
/// columns.
void ScanShortcuts::find_event_update(std::size_t i, const Call& call) {
  List *rows = nullptr, *cols = nullptr;
  for (std::size_t o = 0; o < call.outers.size(); ++o) {
    const auto spikes = [](const BoundFactor& factor, const Compartment& c) {
      return factor.shift == 0 && carries_spikes(c);
    };
    const BoundOuter& outer = call.outers[o];
    if (spikes(outer.pre, *call.stage->outers[o].pre.compartment)) {
      List* list = list_of(outer.pre.source, outer.pre.size);
      if (rows != nullptr && rows != list) return;
      rows = list;
    } else if (spikes(outer.post, *call.stage->outers[o].post.compartment)) {
      List* list = list_of(outer.post.source, outer.post.size);
      if (cols != nullptr && cols != list) return;
      cols = list;
    } else {
      return;
    }
  }
  if (rows == nullptr && cols == nullptr) return;
  EventUpdate update;
  update.call = call;
  if (rows != nullptr) {
    update.call.active_rows = &rows->list;
    update.lists.push_back(rows);
  }
  if (cols != nullptr) {
    update.call.active_cols = &cols->list;
    update.lists.push_back(cols);
  }
  updates_.emplace(i, std::move(update));
}

/// A unit stage that does nothing but update the outputs of the product before it.
void ScanShortcuts::find_epilogues() {
  for (std::size_t i = 1; i < plan_.calls.size(); ++i) {
    const Call &call = plan_.calls[i], &product = plan_.calls[i - 1];
    if (call.stage == nullptr || call.stage->kind != Stage::Kind::unit ||
        call.stage->loops.still == nullptr)
      continue;
    if (product.stage == nullptr || product.stage->kind != Stage::Kind::product) continue;
    if (call.outputs.size() != 1 || call.outputs[0] != product.arguments[2]) continue;
    const bool driven = std::ranges::any_of(call.inputs, [&](const void* a) {
      return a != call.outputs[0] && !touches_.writers(a).empty();
    });
    if (!driven) epilogues_.emplace(i, Epilogue{});
  }
}

/// Room for what a merge puts aside: the same whenever merges are found anew.
float* ScanShortcuts::kept_floats(std::size_t update, std::size_t which, std::int64_t n) {
  float*& room = kept_[{update, which}];
  if (room == nullptr) room = plan_.scratch.floats(static_cast<std::size_t>(n));
  return room;
}

void ScanShortcuts::take_merges() {
  constexpr std::size_t kSums = ~std::size_t{0};  // not a factor: sums of a chunk
  shared_.clear();
  merges_.clear();
  merged_products_.clear();
  for (const Merge& merge : find_merges(plan_, touches_, fed_)) {
    if (updates_.contains(merge.update) || products_.contains(merge.product)) continue;
    if (merged_products_.contains(merge.product)) continue;
    Merged merged{.found = merge, .call = plan_.calls[merge.update]};
    const Call& product = plan_.calls[merge.product];
    merged.call.product_x = product.arguments[0];
    merged.call.product_y = product.arguments[2];
    merged.call.scratch = kept_floats(merge.update, kSums, product.cols);
    if (product.stage->uses.size() > 3) merged.mask = product.arguments[3];
    for (const std::size_t kept : merge.kept) {
      BoundOuter& outer = merged.call.outers[kept / 2];
      BoundFactor& factor = kept % 2 == 0 ? outer.pre : outer.post;
      float* const copy = kept_floats(merge.update, kept, factor.size);
      Call aside;
      aside.arguments[0] = const_cast<float*>(factor.source);
      aside.arguments[1] = copy;
      aside.cols = factor.size;
      aside.kernel = [](const Call& c, const Step&) {
        std::copy_n(c.arguments[0], c.cols, c.arguments[1]);
      };
      merged.copies.push_back(std::move(aside));
      if (factor.values == factor.source) factor.values = copy;
      factor.source = copy;
    }
    merged_products_.emplace(merge.product, merge.update);
    merges_.emplace(merge.update, std::move(merged));
  }
}

void ScanShortcuts::note_altered() {
  altered_.clear();
  for (const std::size_t i : unread_)
    altered_.insert(altered_.end(), plan_.calls[i].looks.begin(), plan_.calls[i].looks.end());
  for (const auto& [i, merge] : merges_)
    altered_.insert(altered_.end(), plan_.calls[i].outputs.begin(), plan_.calls[i].outputs.end());
  for (const auto& [i, update] : updates_)
    altered_.insert(altered_.end(), plan_.calls[i].looks.begin(), plan_.calls[i].looks.end());
}

}  // namespace plexus::detail

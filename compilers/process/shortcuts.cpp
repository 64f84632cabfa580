#include "plexus/compilers/process/shortcuts.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/compilers/process/invariant.h"
#include "plexus/compilers/process/scan_shortcuts.h"
#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/method.h"

namespace plexus {
namespace detail {
namespace {

constexpr std::int64_t kLongScan = 16;  // steps from which looking at gates and biases pays

}  // namespace

bool has(const Addresses& addresses, const void* one) {
  return std::ranges::find(addresses, one) != addresses.end();
}

ScanShortcuts::ScanShortcuts(Plan& plan) : plan_(plan), touches_(plan) {
  find_unread_looks();
  find_spikes();
  find_epilogues();
  take_merges();
  invariant_ = invariant_calls(plan_, fed_, quietened_);
  note_altered();
}

bool ScanShortcuts::gains() const {
  return !unread_.empty() || !lists_.empty() || !epilogues_.empty() || !merges_.empty() ||
         std::ranges::find(invariant_, true) != invariant_.end();
}

void ScanShortcuts::begin(const Scan& scan) {
  bool changed = programs_[0][0].empty();
  changed = note_fed(scan) || changed;
  changed = note_constants(scan.step) || changed;
  changed = look_at_epilogues(scan) || changed;
  changed = look_at_masks() || changed;
  if (!changed) return;
  for (const bool goes_on : {false, true})
    for (const bool puts_off : {false, true}) assemble(goes_on, puts_off);
}

bool ScanShortcuts::note_fed(const Scan& scan) {
  Addresses fed;
  for (Compartment* c : scan.fed) fed.push_back(c->own_words().data());
  if (fed == fed_) return false;
  fed_ = std::move(fed);
  take_merges();
  invariant_ = invariant_calls(plan_, fed_, quietened_);
  note_altered();
  return true;
}

/// Constants follow from keywords: what was tried out with others counts no longer.
bool ScanShortcuts::note_constants(const Step& step) {
  if (dt_ && step.dt == *dt_ && std::ranges::equal(step.more, more_)) return false;
  dt_ = step.dt;
  more_.assign(step.more.begin(), step.more.end());
  for (auto& [i, epilogue] : epilogues_) epilogue.seen.clear();
  bool changed = false;
  for (auto& [i, update] : updates_) {
    const bool settles = plan_.calls[i].stage->loops.still(plan_.calls[i], step);
    changed = changed || settles != update.settles;
    update.settles = settles;
  }
  return changed;
}

bool ScanShortcuts::look_at_epilogues(const Scan& scan) {
  const bool skips = scan.steps >= kLongScan;
  bool changed = std::exchange(skips_epilogues_, skips) != skips;
  if (skips)
    for (auto& [i, epilogue] : epilogues_) changed = look_at(i, epilogue, scan.step) || changed;
  return changed;
}

/// Tries an epilogue out if what it reads has changed. True if the finding has.
bool ScanShortcuts::look_at(std::size_t i, Epilogue& epilogue, const Step& step) {
  const Call& call = plan_.calls[i];
  std::vector<float> read;
  for (std::size_t a = 0; a < call.stage->uses.size(); ++a) {
    if (call.stage->uses[a].access != Access::read) continue;
    const bool single = (call.scalars >> a & 1U) != 0;
    const float* values = single ? call.scalar_sources[a] : call.arguments[a];
    const std::int64_t n = single                     ? 1
                           : call.row_strides[a] == 0 ? call.cols
                                                      : call.rows * call.cols;
    if (has(fed_, values)) {
      const bool changed = epilogue.still;
      epilogue.still = false;
      epilogue.seen.clear();
      return changed;
    }
    read.insert(read.end(), values, values + n);
  }
  if (!epilogue.seen.empty() && std::ranges::equal(read, epilogue.seen)) return false;
  epilogue.seen = std::move(read);
  const bool still = call.stage->loops.still(call, step);
  return std::exchange(epilogue.still, still) != still;
}

bool ScanShortcuts::look_at_masks() {
  bool changed = false;
  for (auto& [i, merge] : merges_) {
    const bool plain = merge.mask == nullptr || *merge.mask == 1;
    changed = changed || plain != merge.plain;
    merge.plain = plain;
  }
  return changed;
}

bool ScanShortcuts::puts_off(const Compartment& c) const {
  return has(altered_, const_cast<Compartment&>(c).own_words().data());
}

/// True if no call of the plan, and nothing fed, changes the value at `a` after the first step.
bool ScanShortcuts::is_constant(const void* a) const {
  return !has(fed_, a) && !touches_.written_at_end(a) &&
         std::ranges::all_of(touches_.writers(a), [&](std::size_t i) { return invariant_[i]; });
}

template <class Add, class Freshen>
void ScanShortcuts::add_call(const Call& call, std::size_t i, bool goes_on, bool puts_off,
                             const Add& add, const Freshen& freshen) {
  if (const auto epilogue = epilogues_.find(i);
      skips_epilogues_ && epilogue != epilogues_.end() && epilogue->second.still)
    return;
  if (const auto found = merged_products_.find(i); found != merged_products_.end()) {
    const Merged& merge = merges_.at(found->second);
    if (merge.plain && (merge.found.across_steps ? goes_on : puts_off))
      return add(merge.call.stage->loops.merged.best(), merge.call, i);
  }
  if (const auto found = merges_.find(i);
      found != merges_.end() && found->second.plain && puts_off) {
    for (const Call& copy : found->second.copies) add(copy.kernel, copy, i);
    return;
  }
  if (const auto found = updates_.find(i); found != updates_.end() && found->second.settles &&
                                           goes_on && (puts_off || call.looks.empty())) {
    freshen(found->second.lists, i);
    return add(call.stage->loops.active.best(), found->second.call, i);
  }
  if (const auto found = products_.find(i); found != products_.end()) {
    freshen(found->second.lists, i);
    return add(found->second.call.kernel, found->second.call, i);
  }
  if (puts_off && unread_.contains(i)) {
    if (call.stage->loops.quiet) add(call.stage->loops.quiet.best(), call, i);
    return;
  }
  add(call.kernel, call, i);
}

/// The call, or its parts if it is large enough for the plan's threads.
Shortcuts::Entry ScanShortcuts::shared_entry(Kernel kernel, const Call& call, std::size_t done) {
  if (plan_.threads < 2 || kernel == &run_shared) return {kernel, &call, done};
  auto [found, is_new] = shared_.try_emplace({kernel, &call});
  SharedCall& made = found->second;
  if (is_new) {
    made.how = shared_among(plan_.threads, kernel, call);
    made.call = call;
    made.call.shared = &made.how;
  }
  if (made.how.parts.empty()) return {kernel, &call, done};
  return {&run_shared, &made.call, done};
}

void ScanShortcuts::assemble(bool goes_on, bool puts_off) {
  Program& program = programs_[goes_on ? 1 : 0][puts_off ? 1 : 0];
  program.clear();
  std::set<const List*> fresh;
  const auto add = [&](Kernel kernel, const Call& call, std::size_t i) {
    program.push_back(shared_entry(kernel, call, i + 1));
  };
  const auto freshen = [&](const std::vector<List*>& lists, std::size_t i) {
    for (List* list : lists)
      if (fresh.insert(list).second && !(goes_on && is_constant(list->call.arguments[0])))
        add(list->call.kernel, list->call, i);
  };
  for (std::size_t i = 0; i < plan_.calls.size(); ++i) {
    const Call& call = plan_.calls[i];
    // One that was left out, as nothing reads it, is for the last step to show.
    const bool shows = !puts_off && unread_.contains(i);
    if (goes_on && invariant_[i] && !shows) continue;
    add_call(call, i, goes_on, puts_off, add, freshen);
    for (const void* a : call.outputs)
      if (const auto list = lists_.find(static_cast<const float*>(a)); list != lists_.end())
        fresh.erase(&list->second);
  }
}

std::vector<std::string> ScanShortcuts::remarks() const {
  std::vector<std::string> all;
  const auto name = [&](std::size_t i) { return plan_.calls[i].method->label(); };
  for (const auto& [i, merge] : merges_)
    all.push_back(fmt::format("  {} and {} are one pass over {}: no call in between touches it",
                              name(i), name(merge.found.product), weights_of(i)));
  for (const auto& [i, product] : products_)
    all.push_back(fmt::format("  {} adds the rows of the units that spike", name(i)));
  for (const auto& [i, update] : updates_)
    all.push_back(
        fmt::format("  {} visits the rows and columns of units that spike, if the others stay "
                    "as they are",
                    name(i)));
  for (const auto& [i, epilogue] : epilogues_)
    all.push_back(fmt::format(
        "  {} leaves its product as it is while gate, conductance and bias do", name(i)));
  for (const std::size_t i : unread_)
    all.push_back(fmt::format("  {} does not compute {} but where it is observed: no call reads it",
                              name(i), looks_of(i)));
  std::vector<std::string> once;
  for (std::size_t i = 0; i < invariant_.size(); ++i)
    if (invariant_[i] && plan_.calls[i].method != nullptr) {
      const std::string text = fmt::format(
          "  {}: a part whose inputs do not change runs in the first step alone", name(i));
      if (std::ranges::find(once, text) == once.end()) once.push_back(text);
    }
  all.insert(all.end(), once.begin(), once.end());
  return all;
}

std::string ScanShortcuts::weights_of(std::size_t i) const {
  for (const Use& use : plan_.calls[i].stage->uses)
    if (use.access == Access::update) return use.compartment->label();
  return "its weights";
}

std::string ScanShortcuts::looks_of(std::size_t i) const {
  std::string names;
  for (const Use& use : plan_.calls[i].stage->uses)
    if (use.access == Access::look) names += (names.empty() ? "" : ", ") + use.compartment->label();
  return names;
}

}  // namespace detail

std::unique_ptr<Shortcuts> make_shortcuts(Plan& plan) {
  auto shortcuts = std::make_unique<detail::ScanShortcuts>(plan);
  if (!shortcuts->gains()) return nullptr;
  for (std::string& remark : shortcuts->remarks()) plan.remarks.push_back(std::move(remark));
  return shortcuts;
}

}  // namespace plexus

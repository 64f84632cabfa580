#include "plexus/compilers/process/shortcuts.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "plexus/compilers/process/invariant.h"
#include "plexus/compilers/process/merge.h"
#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/kernels/active.h"
#include "plexus/core/method.h"
#include "plexus/core/wire.h"

namespace plexus {
namespace {

using Addresses = std::vector<const void*>;

constexpr std::int64_t kLongScan = 16;  // steps from which looking at gates and biases pays
constexpr std::int64_t kFewUnits = 16;  // below, a list of spikes does not pay

bool has(const Addresses& addresses, const void* one) {
  return std::ranges::find(addresses, one) != addresses.end();
}

/// True if `c` holds spikes, itself or at the source of its wire.
bool carries_spikes(const Compartment& c) {
  if (c.wire() == nullptr) return c.options().spikes;
  const Compartment* source = c.wire()->source.compartment();
  return c.wire()->operations.empty() && source != nullptr && carries_spikes(*source);
}

bool same_constants(const Step& a, const std::optional<float>& dt,
                    const std::vector<std::pair<std::string, float>>& more) {
  return dt && a.dt == *dt && std::ranges::equal(a.more, more);
}

Kernel best(const Loops::Sets& sets) {
  return sets.best();
}

class ScanShortcuts final : public Shortcuts {
 public:
  explicit ScanShortcuts(Plan& plan) : plan_(plan) {
    find_unread_looks();
    find_spikes();
    find_epilogues();
    take_merges(find_merges(plan_, {}));
    invariant_ = invariant_calls(plan_, {});
    fed_.clear();
    note_altered();
  }

  [[nodiscard]] bool gains() const {
    return !unread_.empty() || !lists_.empty() || !epilogues_.empty() || !merges_.empty() ||
           std::ranges::find(invariant_, true) != invariant_.end();
  }

  void begin(const Scan& scan) override {
    bool changed = programs_[0][0].empty();
    Addresses fed;
    for (Compartment* c : scan.fed) fed.push_back(c->own_words().data());
    if (fed != fed_) {
      fed_ = fed;
      take_merges(find_merges(plan_, fed_));
      invariant_ = invariant_calls(plan_, fed_);
      note_altered();
      changed = true;
    }
    if (!same_constants(scan.step, dt_, more_)) {
      dt_ = scan.step.dt;
      more_.assign(scan.step.more.begin(), scan.step.more.end());
      for (auto& [i, update] : updates_) {
        const bool settles = plan_.calls[i].stage->loops.still(plan_.calls[i], scan.step);
        changed = changed || settles != update.settles;
        update.settles = settles;
      }
      for (auto& [i, epilogue] : epilogues_) epilogue.seen.clear();
    }
    if (scan.steps >= kLongScan)
      for (auto& [i, epilogue] : epilogues_) changed = look_at(i, epilogue, scan.step) || changed;
    for (auto& [i, merge] : merges_) {
      const bool plain = merge.mask == nullptr || *merge.mask == 1;
      changed = changed || plain != merge.plain;
      merge.plain = plain;
    }
    if (!changed) return;
    for (const bool goes_on : {false, true})
      for (const bool puts_off : {false, true}) assemble(goes_on, puts_off);
  }

  [[nodiscard]] bool puts_off(const Compartment& c) const override {
    return has(altered_, const_cast<Compartment&>(c).slot() >= 0 ? address_of(c) : nullptr);
  }

  [[nodiscard]] std::vector<std::string> remarks() const {
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
      all.push_back(
          fmt::format("  {} does not compute {} but where it is observed: no call reads it",
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

 private:
  struct List {
    detail::ActiveList list;
    Call call;  // makes the list
  };
  struct Gather {  // a product or an update over lists
    Call call;
    std::vector<List*> lists;
  };
  struct EventUpdate : Gather {
    bool settles = false;
  };
  struct Epilogue {
    bool still = false;
    std::vector<float> seen;  // the values it read when that was tried
  };
  struct Merged {
    Merge found;
    Call call;
    std::deque<Call> copies = {};
    const float* mask = nullptr;
    bool plain = true;
  };

  [[nodiscard]] static const void* address_of(const Compartment& c) {
    return const_cast<Compartment&>(c).own_words().data();
  }

  /// Looks that nothing reads but calls that write none but such looks themselves.
  void find_unread_looks() {
    std::set<std::size_t> dropped;
    const auto is_read = [&](const void* a) {
      for (std::size_t i = 0; i < plan_.calls.size(); ++i)
        if (!dropped.contains(i) && has(plan_.calls[i].inputs, a)) return true;
      return std::ranges::any_of(plan_.end_of_step,
                                 [&](const Call& call) { return has(call.inputs, a); });
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
        if (nothing_else) dropped.insert(i);
        ++found;
      }
    }
  }

  /// The list of an address, made on demand.
  List* list_of(const float* values, std::int64_t n) {
    List& list = lists_[values];
    if (list.call.kernel == nullptr) {
      list.list.units = plan_.scratch.words(static_cast<std::size_t>(n + detail::kVector));
      list.call.arguments[0] = const_cast<float*>(values);
      list.call.cols = n;
      list.call.inputs = {values};
      list.call.active_rows = &list.list;
      list.call.kernel = [](const Call& c, const Step&) {
        auto& active = const_cast<detail::ActiveList&>(*c.active_rows);
        active.count = detail::list_active(c.arguments[0], c.cols, active.units);
      };
    }
    return &list;
  }

  void find_spikes() {
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
  void find_event_update(std::size_t i, const Call& call) {
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
  void find_epilogues() {
    for (std::size_t i = 1; i < plan_.calls.size(); ++i) {
      const Call &call = plan_.calls[i], &product = plan_.calls[i - 1];
      if (call.stage == nullptr || call.stage->kind != Stage::Kind::unit ||
          call.stage->loops.still == nullptr)
        continue;
      if (product.stage == nullptr || product.stage->kind != Stage::Kind::product) continue;
      if (call.outputs.size() != 1 || call.outputs[0] != product.arguments[2]) continue;
      const bool driven = std::ranges::any_of(call.inputs, [&](const void* a) {
        return a != call.outputs[0] && std::ranges::any_of(plan_.calls, [&](const Call& other) {
                 return has(other.outputs, a);
               });
      });
      if (!driven) epilogues_.emplace(i, Epilogue{});
    }
  }

  /// Tries an epilogue out if what it reads has changed. True if the finding has.
  bool look_at(std::size_t i, Epilogue& epilogue, const Step& step) {
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

  void take_merges(const std::vector<Merge>& found) {
    merges_.clear();
    merged_products_.clear();
    for (const Merge& merge : found) {
      if (updates_.contains(merge.update) || products_.contains(merge.product)) continue;
      if (merged_products_.contains(merge.product)) continue;
      Merged merged{.found = merge, .call = plan_.calls[merge.update]};
      const Call& product = plan_.calls[merge.product];
      merged.call.product_x = product.arguments[0];
      merged.call.product_y = product.arguments[2];
      merged.call.scratch = plan_.scratch.floats(static_cast<std::size_t>(product.cols));
      if (product.stage->uses.size() > 3) merged.mask = product.arguments[3];
      for (const std::size_t kept : merge.kept) {
        BoundOuter& outer = merged.call.outers[kept / 2];
        BoundFactor& factor = kept % 2 == 0 ? outer.pre : outer.post;
        float* const copy = plan_.scratch.floats(static_cast<std::size_t>(factor.size));
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

  void note_altered() {
    altered_.clear();
    for (const std::size_t i : unread_)
      altered_.insert(altered_.end(), plan_.calls[i].looks.begin(), plan_.calls[i].looks.end());
    for (const auto& [i, merge] : merges_)
      altered_.insert(altered_.end(), plan_.calls[i].outputs.begin(), plan_.calls[i].outputs.end());
    for (const auto& [i, update] : updates_)
      altered_.insert(altered_.end(), plan_.calls[i].looks.begin(), plan_.calls[i].looks.end());
  }

  /// True if no call of the plan, and nothing fed, changes the value at `a` after the first step.
  [[nodiscard]] bool is_constant(const void* a) const {
    if (has(fed_, a)) return false;
    for (const Call& call : plan_.end_of_step)
      if (has(call.outputs, a)) return false;
    for (std::size_t i = 0; i < plan_.calls.size(); ++i)
      if (!invariant_[i] && has(plan_.calls[i].outputs, a)) return false;
    return true;
  }

  void assemble(bool goes_on, bool puts_off) {
    Program& program = programs_[goes_on ? 1 : 0][puts_off ? 1 : 0];
    program.clear();
    std::set<const List*> fresh;
    const auto add = [&](Kernel kernel, const Call& call, std::size_t i) {
      program.push_back({kernel, &call, i + 1});
    };
    const auto freshen = [&](const std::vector<List*>& lists, std::size_t i) {
      for (List* list : lists)
        if (fresh.insert(list).second && !(goes_on && is_constant(list->call.arguments[0])))
          add(list->call.kernel, list->call, i);
    };
    for (std::size_t i = 0; i < plan_.calls.size(); ++i) {
      const Call& call = plan_.calls[i];
      if (goes_on && invariant_[i]) continue;
      add_call(call, i, goes_on, puts_off, add, freshen);
      std::erase_if(fresh,
                    [&](const List* list) { return has(call.outputs, list->call.arguments[0]); });
    }
  }

  template <class Add, class Freshen>
  void add_call(const Call& call, std::size_t i, bool goes_on, bool puts_off, const Add& add,
                const Freshen& freshen) {
    if (const auto epilogue = epilogues_.find(i);
        epilogue != epilogues_.end() && epilogue->second.still)
      return;
    if (const auto found = merged_products_.find(i); found != merged_products_.end()) {
      const Merged& merge = merges_.at(found->second);
      if (merge.plain && (merge.found.across_steps ? goes_on : puts_off))
        return add(best(merge.call.stage->loops.merged), merge.call, i);
    }
    if (const auto found = merges_.find(i);
        found != merges_.end() && found->second.plain && puts_off) {
      for (const Call& copy : found->second.copies) add(copy.kernel, copy, i);
      return;
    }
    if (const auto found = updates_.find(i); found != updates_.end() && found->second.settles &&
                                             goes_on && (puts_off || call.looks.empty())) {
      freshen(found->second.lists, i);
      return add(best(call.stage->loops.active), found->second.call, i);
    }
    if (const auto found = products_.find(i); found != products_.end()) {
      freshen(found->second.lists, i);
      return add(call.kernel, found->second.call, i);
    }
    if (puts_off && unread_.contains(i)) {
      if (call.stage->loops.quiet) add(best(call.stage->loops.quiet), call, i);
      return;
    }
    add(call.kernel, call, i);
  }

  [[nodiscard]] std::string weights_of(std::size_t i) const {
    for (const Use& use : plan_.calls[i].stage->uses)
      if (use.access == Access::update) return use.compartment->label();
    return "its weights";
  }
  [[nodiscard]] std::string looks_of(std::size_t i) const {
    std::string names;
    for (const Use& use : plan_.calls[i].stage->uses)
      if (use.access == Access::look)
        names += (names.empty() ? "" : ", ") + use.compartment->label();
    return names;
  }

  Plan& plan_;
  std::set<std::size_t> unread_;  // calls whose looks nothing reads
  std::map<const float*, List> lists_;
  std::map<std::size_t, Gather> products_;
  std::map<std::size_t, EventUpdate> updates_;
  std::map<std::size_t, Epilogue> epilogues_;
  std::map<std::size_t, Merged> merges_;                // by update
  std::map<std::size_t, std::size_t> merged_products_;  // the update of each product
  std::vector<bool> invariant_;
  Addresses altered_;  // out of date after a step that puts work off
  Addresses fed_;
  std::optional<float> dt_;
  std::vector<std::pair<std::string, float>> more_;
};

}  // namespace

std::unique_ptr<Shortcuts> make_shortcuts(Plan& plan) {
  auto shortcuts = std::make_unique<ScanShortcuts>(plan);
  if (!shortcuts->gains()) return nullptr;
  for (std::string& remark : shortcuts->remarks()) plan.remarks.push_back(std::move(remark));
  return shortcuts;
}

}  // namespace plexus

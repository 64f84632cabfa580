#include "plexus/compilers/process/merge.h"

#include <algorithm>

namespace plexus {
namespace {

bool has(const std::vector<const void*>& addresses, const void* one) {
  return std::ranges::find(addresses, one) != addresses.end();
}

bool meet(const std::vector<const void*>& a, const std::vector<const void*>& b) {
  return std::ranges::any_of(a, [&](const void* one) { return has(b, one); });
}

/// What the update writes for others than onlookers; W first.
std::vector<const void*> written(const Call& update) {
  std::vector<const void*> outputs;
  for (const void* a : update.outputs)
    if (!has(update.looks, a)) outputs.push_back(a);
  return outputs;
}

bool may_be_merged(const Call& call) {
  return call.stage != nullptr && call.stage->kind == Stage::Kind::synapse &&
         call.stage->loops.merged && !call.stage->loops.timed && call.batch == 1;
}

/// y = x W as it is: no transpose, no mask for each synapse.
bool is_plain_product(const Call& call, const void* W) {
  return call.stage != nullptr && call.stage->kind == Stage::Kind::product &&
         !call.stage->transposed && call.arguments[1] == W && call.row_strides[3] == 0;
}

/// The calls after `update` in order, over the end of the step to just before `update` itself.
class Onward {
 public:
  Onward(const Plan& plan, std::size_t update) : plan_(plan), next_(update + 1), update_(update) {}

  /// The next call, or nullptr. At the end of the step all that ends it comes at once: see
  /// `crossed`.
  std::size_t next() { return next_; }
  [[nodiscard]] bool done() const { return crossed_ && next_ >= update_; }
  [[nodiscard]] bool at_end() const { return !crossed_ && next_ == plan_.calls.size(); }
  [[nodiscard]] bool crossed() const { return crossed_; }
  void advance() { ++next_; }
  void cross() {
    crossed_ = true;
    next_ = 0;
  }

 private:
  const Plan& plan_;
  std::size_t next_, update_;
  bool crossed_ = false;
};

/// The merge of one update, if the next call that touches what it wrote is a plain product with W.
bool find_merge(const Plan& plan, std::size_t at, const std::vector<const void*>& fed,
                Merge& merge) {
  const Call& update = plan.calls[at];
  const std::vector<const void*> outputs = written(update);
  std::vector<const void*> changed;  // between the update and the product
  std::vector<const void*> others;   // what the update reads besides its outer products
  for (std::size_t a = 0; a < update.stage->uses.size(); ++a) others.push_back(update.arguments[a]);

  for (Onward onward(plan, at); !onward.done();) {
    if (onward.at_end()) {
      for (const Call& call : plan.end_of_step) {
        if (meet(call.inputs, outputs) || meet(call.outputs, outputs)) return false;
        changed.insert(changed.end(), call.outputs.begin(), call.outputs.end());
      }
      changed.insert(changed.end(), fed.begin(), fed.end());
      onward.cross();
      continue;
    }
    const std::size_t i = onward.next();
    const Call& call = plan.calls[i];
    if (is_plain_product(call, outputs.front())) {
      changed.insert(changed.end(), call.outputs.begin(), call.outputs.end());
      if (meet(changed, others) || has(changed, outputs.front())) return false;
      merge = {.update = at, .product = i, .across_steps = onward.crossed()};
      for (std::size_t o = 0; o < update.outers.size(); ++o) {
        if (has(changed, update.outers[o].pre.source)) merge.kept.push_back(2 * o);
        if (has(changed, update.outers[o].post.source)) merge.kept.push_back(2 * o + 1);
      }
      return true;
    }
    if (meet(call.inputs, outputs) || meet(call.outputs, outputs)) return false;
    changed.insert(changed.end(), call.outputs.begin(), call.outputs.end());
    onward.advance();
  }
  return false;
}

}  // namespace

std::vector<Merge> find_merges(const Plan& plan, const std::vector<const void*>& fed) {
  std::vector<Merge> merges;
  for (std::size_t i = 0; i < plan.calls.size(); ++i) {
    Merge merge;
    if (may_be_merged(plan.calls[i]) && find_merge(plan, i, fed, merge)) merges.push_back(merge);
  }
  return merges;
}

}  // namespace plexus

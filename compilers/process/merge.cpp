#include "plexus/compilers/process/merge.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace plexus {
namespace {

bool has(const std::vector<const void*>& addresses, const void* one) {
  return std::ranges::find(addresses, one) != addresses.end();
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

/// The way from an update to the next call that touches what it wrote, over the end of the step if
/// need be: the calls behind `from` up to `to`.
struct Way {
  std::size_t from = 0, to = 0;
  [[nodiscard]] bool crosses() const { return to < from; }
  [[nodiscard]] bool contains(std::size_t call) const {
    return crosses() ? call > from || call <= to : call > from && call <= to;
  }
};

/// None if no call but the update itself touches any of `addresses`.
std::optional<Way> way_to_next(const Touches& touches, std::size_t update,
                               const std::vector<const void*>& addresses) {
  std::optional<Way> nearest;
  for (const void* a : addresses)
    for (const auto* places : {&touches.readers(a), &touches.writers(a)})
      for (const std::size_t to : *places)
        if (to != update && (!nearest || nearest->contains(to))) nearest = Way{update, to};
  return nearest;
}

/// The merge of one update, if the next call that touches what it wrote is a plain product with W.
std::optional<Merge> find_merge(const Plan& plan, const Touches& touches, std::size_t at,
                                const std::vector<const void*>& fed) {
  const Call& update = plan.calls[at];
  const std::vector<const void*> outputs = written(update);
  const auto way = way_to_next(touches, at, outputs);
  if (!way || !is_plain_product(plan.calls[way->to], outputs.front())) return {};
  if (way->crosses() && std::ranges::any_of(outputs, [&](const void* a) {
        return touches.read_at_end(a) || touches.written_at_end(a);
      }))
    return {};
  const auto changes = [&](const void* a) {
    return std::ranges::any_of(touches.writers(a),
                               [&](std::size_t i) { return way->contains(i); }) ||
           (way->crosses() && (touches.written_at_end(a) || has(fed, a)));
  };
  // What the update reads besides its outer products, and W.
  for (std::size_t a = 0; a < update.stage->uses.size(); ++a)
    if (changes(update.arguments[a])) return {};
  Merge merge{.update = at, .product = way->to, .across_steps = way->crosses()};
  for (std::size_t o = 0; o < update.outers.size(); ++o) {
    if (changes(update.outers[o].pre.source)) merge.kept.push_back(2 * o);
    if (changes(update.outers[o].post.source)) merge.kept.push_back(2 * o + 1);
  }
  return merge;
}

}  // namespace

std::vector<Merge> find_merges(const Plan& plan, const Touches& touches,
                               const std::vector<const void*>& fed) {
  std::vector<Merge> merges;
  for (std::size_t i = 0; i < plan.calls.size(); ++i)
    if (may_be_merged(plan.calls[i]))
      if (auto merge = find_merge(plan, touches, i, fed)) merges.push_back(std::move(*merge));
  return merges;
}

}  // namespace plexus

#include "plexus/components/synapses/competitive/art2a_synapse.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/components/math/kwta.h"
#include "plexus/components/synapses/competitive/annealing.h"
#include "plexus/core/error.h"

namespace plexus {

ART2ASynapse::ART2ASynapse(const Setup& setup, const Params& params)
    : CompetitiveSynapse(setup, dense(params), params.shape[1]), p_(params) {
  weights.set(0);
}

void ART2ASynapse::prepare(const Step& /*step*/) {
  k_ = {p_.vigilance, p_.eta_decrement};
}

void ART2ASynapse::normalise(const Step& /*step*/) {
  normalise_inputs(xprobe);
}

/// Columns that hold no memory are less similar than any that does.
void ART2ASynapse::choose_memory(const Step& /*step*/) {
  const auto s = own_view(outputs);
  const auto held = used.values();
  for (std::int64_t b = 0; b < s.rows; ++b) {
    const auto row = s.row(b);
    const float below = std::ranges::min(row) - 1;
    for (std::size_t n = 0; n < row.size(); ++n) row[n] = row[n] * held[n] + (1 - held[n]) * below;
    const float best = math::kth_largest(row, 1);
    for (float& similarity : row) similarity = similarity >= best ? similarity : similarity * 0;
  }
}

struct ART2ASynapse::Resonate {
  static void at(const Constants& k, auto similarity, auto& hit) {
    hit = math::truth(similarity >= k.vigilance);
  }
};

/// `rest` holds what the memories recall; afterwards what they lack of the input, of samples with a
/// hit.
void ART2ASynapse::match(const Step& /*step*/) {
  const auto x = view(xprobe), hit = view(hits);
  const auto lack = own_view(rest);
  const auto missed = own_view(misses);
  for (std::int64_t b = 0; b < x.rows; ++b) {
    const bool any = std::ranges::any_of(hit.row(b), [](float h) { return h > 0; });
    missed(b, 0) = any ? 0 : 1;
    for (std::int64_t i = 0; i < x.cols; ++i) lack(b, i) = any ? x(b, i) - lack(b, i) : 0;
  }
}

struct ART2ASynapse::Learn {
  static void at(const Constants& /*k*/, auto hebb, auto eta, auto& W, auto& dW) {
    dW = hebb;
    W += dW * eta;
  }
};

void ART2ASynapse::store_misses(const Step& /*step*/) {
  const auto x = view(xprobe), missed = view(misses);
  const auto W = own_view(weights);
  const auto held = used.own_values();
  for (std::int64_t b = 0; b < x.rows; ++b) {
    const auto sample = x.row(b);
    const bool empty = std::ranges::all_of(sample, [](float v) { return v == 0; });
    if (!(missed(b, 0) > 0) || empty) continue;
    const auto free = std::ranges::find(held, 0.0F);
    if (free == held.end()) return;
    *free = 1;
    for (std::int64_t i = 0; i < W.rows; ++i)
      W(i, free - held.begin()) = sample[static_cast<std::size_t>(i)];
  }
}

void ART2ASynapse::insert(std::span<const float> pattern, int column) {
  const auto W = own_view(weights);
  if (column < 0 || column >= W.cols)
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("{}.insert: column {}; expected 0 to {}", label(), column, W.cols - 1));
  if (static_cast<std::int64_t>(pattern.size()) != W.rows)
    throw Error(Error::Kind::shape, {.path = path()},
                fmt::format("{}.insert: a pattern of {} values; expected {}", label(),
                            pattern.size(), W.rows));
  for (std::int64_t i = 0; i < W.rows; ++i) W(i, column) += pattern[static_cast<std::size_t>(i)];
  used.own_values()[static_cast<std::size_t>(column)] = 1;
}

void ART2ASynapse::grow(int n) {
  if (n <= 0)
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("{}.grow: {} columns; expected an integer > 0", label(), n));
  widen({&outputs, &weights, &gate, &dWeights, &used, &hits}, n);
}

}  // namespace plexus

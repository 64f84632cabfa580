#include "plexus/components/neurons/graded/bernoulli_error_cell.h"

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/sum.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

BernoulliErrorCell::BernoulliErrorCell(const Setup& setup, const Params& params)
    : ErrorCell(setup, params.n_units, params.shape), p_(params) {}

/// The logistic function is spelt out: where q nears its bound, a unit in its last place is a large
/// part of 1 - q.
struct BernoulliErrorCell::Mismatch {
  [[gnu::always_inline]] static void at(const Constants& /*k*/, auto logits, auto p, auto x,
                                        auto modulator, auto mask, auto& dp, auto& dtarget,
                                        auto& likelihood, auto& next_mask) {
    const auto s = 1 / (1 + math::exp(-p));
    const auto q = math::clip(logits ? s : p, 0.0001F, 0.9999F);
    const auto yes = math::log(q), no = math::log(1 - q);
    likelihood = yes * x + no * (1 - x);
    const auto slope = logits ? x - q : (x / q - (1 - x) / (1 - q)) * (s * (1 - s));
    weigh(slope, yes - no, modulator, mask, dp, dtarget, next_mask);
  }
};

void BernoulliErrorCell::assess(const Step& /*step*/) {
  const auto each = likelihood.own_values();
  L.own_values()[0] = math::sum(0, static_cast<std::int64_t>(each.size()),
                                [&](std::int64_t i) { return each[static_cast<std::size_t>(i)]; });
}

}  // namespace plexus

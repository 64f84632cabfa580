#include "plexus/components/neurons/graded/reward_error_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

RewardErrorCell::RewardErrorCell(const Setup& setup, const Params& params)
    : Component(setup), p_(params) {}

void RewardErrorCell::prepare(const Step& /*step*/) {
  k_ = {p_.alpha, 1 - p_.alpha};
}

struct RewardErrorCell::Predict {
  static void at(const Constants& k, auto online, auto r, auto& mu, auto& total, auto& rpe) {
    total += r;
    rpe = r - mu;
    if constexpr (online) mu = mu * k.kept + r * k.alpha;
  }
};

struct RewardErrorCell::Count {
  static void at(const Constants& /*k*/, auto& n) { n += 1; }
};

void RewardErrorCell::average(const Step& /*step*/) {
  const auto totals = accum_reward.values(), steps = n_ep_steps.values();
  const auto predictions = mu.own_values();
  const float share = 1 / p_.ema_window_len, kept = 1 - share;
  const auto units = static_cast<std::size_t>(p_.n_units);
  for (std::size_t i = 0; i < predictions.size(); ++i)
    if (const float count = steps[i / units]; count > 0)
      predictions[i] = kept * predictions[i] + share * (totals[i] / count);
}

}  // namespace plexus

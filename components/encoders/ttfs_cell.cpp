#include "plexus/components/encoders/ttfs_cell.h"

#include <algorithm>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/elementary/round.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

constexpr float kLeastInput = 1e-7F;
constexpr float kLeastSpan = 4.60517019F;  // -ln 0.01, of the logarithmic code

/// 0 in the first step of a presentation.
template <class T>
T step_number(T t, T dt) {
  return math::round(t / dt);
}

}  // namespace

TTFSCell::TTFSCell(const Setup& setup, const Params& params)
    : SpikeEncoder(setup, params.n_units), p_(params) {}

void TTFSCell::prepare(const Step& step) {
  k_ = {step.t, step.dt, p_.tau_ref};
}

void TTFSCell::present(const Step& step) {
  if (step_number(step.t, step.dt) != 0) return;
  const auto targets = target_spike_times.own_values();
  std::ranges::transform(inputs.values(), targets.begin(),
                         [](float x) { return math::clip(x, kLeastInput, 1); });
  if (p_.latency_mode == "exponential")
    encode_exponentially(targets);
  else
    encode_logarithmically(targets);
  std::ranges::fill(has_fired.own_values(), 0.0F);
  std::ranges::fill(refractory_counter.own_values(), 0.0F);
}

void TTFSCell::encode_exponentially(std::span<float> targets) const {
  const float soonest = math::exp(-1.0F), latest = math::exp(-kLeastInput);
  const auto last = static_cast<float>(p_.num_steps - 1);
  for (float& x : targets) x = math::round((math::exp(-x) - soonest) / (latest - soonest) * last);
}

void TTFSCell::encode_logarithmically(std::span<float> targets) const {
  for (float& x : targets) x = -math::log(x);
  const float span = std::max(kLeastSpan, *std::ranges::max_element(targets));
  const auto last = static_cast<float>(p_.num_steps - 1);
  for (float& x : targets) x = math::round(math::clip(x / span * last, 0, last));
}

struct TTFSCell::Fire {
  static void at(const Constants& k, auto target, auto& fired, auto& refractory, auto& tols,
                 auto& s) {
    refractory = math::max(refractory - 1, 0);
    const bool fires = target == step_number(k.t, k.dt) && refractory == 0 && fired == 0;
    fired = fires ? 1.0F : fired;
    refractory = fires ? k.tau_ref : refractory;
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

}  // namespace plexus

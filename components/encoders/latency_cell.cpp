#include "plexus/components/encoders/latency_cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/elementary/round.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

LatencyCell::LatencyCell(const Setup& setup, const Params& params)
    : SpikeEncoder(setup, params.n_units), p_(params) {
  if (p_.normalize && span() < 0)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.num_steps is {}, which ends before its first_spike_time of {}",
                            setup.name, p_.num_steps, p_.first_spike_time),
                fmt::format("give it a num_steps of at least {}", p_.first_spike_time + 1));
}

void LatencyCell::prepare(const Step& step) {
  constexpr float kMargin = 1e-7F;  // of saturated inputs above the threshold
  const float tau = p_.linearize && p_.normalize ? span() : p_.tau;
  const double below_one = 1.0 - static_cast<double>(p_.threshold);
  k_ = {step.t,
        tau,
        p_.threshold,
        p_.first_spike_time,
        static_cast<float>(static_cast<double>(tau) * below_one),
        p_.threshold + kMargin};
}

std::vector<Stage> LatencyCell::encoding() {
  std::vector<Stage> stages{each_unit<Latency>(k_, when(p_.linearize), when(p_.clip_spikes),
                                               reads(inputs), writes(targ_sp_times, clip_mask))};
  if (p_.normalize && !p_.linearize)
    stages.push_back(whole<&LatencyCell::stretch>(updates(targ_sp_times)));
  return stages;
}

struct LatencyCell::Latency {
  [[gnu::always_inline]] static void at(const Constants& k, auto linear, auto clips, auto x,
                                        auto& targ, auto& clipped) {
    clipped = math::truth(clips && x < k.threshold);
    if constexpr (linear) {
      const auto delay = -k.tau * (x - 1);
      targ = (delay < k.latest ? delay : k.latest) + k.first;
    } else {
      const auto d = x > k.least ? x : k.least;
      targ = math::log(d / (d - k.threshold)) * k.tau + k.first;
    }
  }
};

/// Where all units spike at first, nothing can be stretched.
void LatencyCell::stretch(const Step& /*step*/) {
  const auto times = targ_sp_times.own_values();
  const float first = p_.first_spike_time;
  const float latest = *std::ranges::max_element(times) - first;
  if (latest == 0) return;
  for (float& time : times) time = (time - first) * (span() / latest) + first;
}

struct LatencyCell::Fire {
  static void at(const Constants& k, auto targ, auto clipped, auto& mask, auto& tols, auto& s) {
    const bool fires = math::round(targ) <= k.t && mask == 0;
    mask = fires ? 1.0F : mask;
    tols = fires ? k.t : tols;
    s = fires ? 1 - clipped : 0.0F;
  }
};

}  // namespace plexus

#include "plexus/components/encoders/phasor_cell.h"

#include <algorithm>

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"
#include "plexus/core/random/poisson.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

constexpr float kTurn = 2 * math::kPi;
constexpr float kJitter = 0.2F;  // standard deviation of the speed, as a share of it

}  // namespace

PhasorCell::PhasorCell(const Setup& setup, const Params& params)
    : SpikeEncoder(setup, params.n_units), p_(params) {
  const auto scales = base_scale.own_values();
  std::vector<std::int32_t> counts(scales.size());
  fill_poisson(split_at(setup.key, 1), counts, p_.target_freq);
  std::ranges::transform(counts, scales.begin(), [&](std::int32_t count) {
    return static_cast<float>(count) / p_.target_freq;
  });
  key.set(split_at(setup.key, 0));
}

void PhasorCell::prepare(const Step& step) {
  const double period = 1 / (static_cast<double>(p_.target_freq) / 1000);  // ms
  const float steps = static_cast<float>(period) / step.dt;
  const float turn = kTurn / steps;
  if (steps < 1 && turn != k_.turn)
    log_warn("{}: {} Hz is more than one turn in a step of {} ms, which spikes once", label(),
             p_.target_freq, step.dt);
  k_ = {step.t, turn};
}

void PhasorCell::draw(const Step& /*step*/) {
  const Key now = key.key();
  key.set(split_at(now, 0));
  fill_normal(split_at(now, 1), 0, noise.own_values());
}

void PhasorCell::advance_key(const Step& /*step*/) {
  key.set(split_at(key.key(), 0));
}

struct PhasorCell::Turn {
  static void at(const Constants& k, auto passes, auto x, auto base, auto e, auto& angle,
                 auto& tols, auto& s) {
    const auto speed = (e * kJitter + 1) * base;
    angle += (k.turn * speed) * x;
    const bool full = angle > kTurn;
    angle = full ? angle - kTurn : angle;
    s = passes ? x : math::truth(full);
    tols = tols * (1 - s) + k.t * s;
  }
};

}  // namespace plexus

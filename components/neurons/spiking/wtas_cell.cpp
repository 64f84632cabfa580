#include "plexus/components/neurons/spiking/wtas_cell.h"

#include "plexus/components/math/firing.h"
#include "plexus/components/math/softmax.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

WTASCell::WTASCell(const Setup& setup, const Params& params)
    : CompetingCell(setup, params.n_units, params.refract_time), p_(params) {
  draw_thresholds(split(key.key()).second, p_.thr_base, p_.thr_jitter);
}

void WTASCell::prepare(const Step& step) {
  k_ = {step.t, step.dt, p_.resist_m, p_.refract_time};
}

struct WTASCell::Potential {
  static void at(const Constants& k, auto j, auto rfr, auto& v) {
    v = math::is_ready(rfr, k.refract_time) ? j * k.resist_m : 0;
  }
};

struct WTASCell::Choice {
  static void at(const Constants& k, auto p, auto thr, auto& rfr, auto& tols, auto& s) {
    const bool fires = p > thr;
    rfr = math::refractory_clock(rfr, fires, k.dt, k.dt);
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

std::vector<Stage> WTASCell::dynamics() {
  return {each_unit<Potential>(k_, reads(j, rfr), writes(v)),
          whole<&WTASCell::compete>(reads(v), writes(p)),
          each_unit<Choice>(k_, reads(p, thr), updates(rfr, tols), writes(s)),
          whole<&WTASCell::adapt>(reads(s), updates(thr))};
}

void WTASCell::compete(const Step& /*step*/) {
  const std::int64_t rows = batch_size(), n = units.extent;
  math::softmax({v.own_values().data(), rows, n}, 1, {p.own_values().data(), rows, n});
}

void WTASCell::adapt(const Step& /*step*/) {
  aim_at_one_spike(s, p_.thr_gain);
}

}  // namespace plexus

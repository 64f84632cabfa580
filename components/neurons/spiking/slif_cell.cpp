#include "plexus/components/neurons/spiking/slif_cell.h"

#include "plexus/components/math/firing.h"
#include "plexus/components/math/surrogate.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/random/samplers.h"

namespace plexus {

/// Draws whatever of it is used, so that the thresholds do not depend on inhibition.
SLIFCell::SLIFCell(const Setup& setup, const Params& params)
    : CompetingCell(setup, params.n_units, params.refract_time), p_(params) {
  const auto [next, of_weights] = split(key.key());
  if (inhibits()) {
    const auto W = inh_weights.own_values();
    fill_uniform(of_weights, 0, W, 0.025F, 1);
    for (std::size_t i = 0; i < W.size(); i += static_cast<std::size_t>(p_.n_units) + 1) W[i] = 0;
  }
  draw_thresholds(split(next).second, p_.thr, p_.thr_jitter);
  threshold.set(thr.values().first(threshold.values().size()));
}

void SLIFCell::prepare(const Step& step) {
  k_ = {step.t,
        step.dt,
        1 / p_.tau_m,
        p_.resist_m,
        p_.resist_inh,
        p_.refract_time,
        aims() ? 0 : p_.thr_gain,
        aims() ? 0 : p_.thr_leak};
}

struct SLIFCell::Membrane {
  [[gnu::always_inline]] static void at(const Constants& k, auto inhibits, auto sticks, auto j,
                                        auto inhibition, auto& v, auto& rfr, auto& thr, auto& tols,
                                        auto& s, auto& crossed, auto& I, auto& surrogate,
                                        auto& next_j) {
    I = j * k.resist_m;
    if constexpr (inhibits) I -= inhibition * k.resist_inh;
    next_j = I;
    surrogate = math::d_secant_lif(I);

    const bool ready = math::is_ready(rfr, k.refract_time);
    const auto dv = ready ? (math::leak(v, 0) + I) * k.rate : 0;
    v += dv * k.dt;
    const bool fires = v > thr;
    crossed = math::truth(fires);

    v = fires ? 0 : v;
    thr = thr + crossed * k.thr_gain - thr * k.thr_leak;
    rfr = math::refractory_clock(rfr, fires, k.dt, k.dt);
    s = sticks && !ready ? 1 : crossed;
    tols = s > 0 ? k.t : tols;
  }
};

struct SLIFCell::Restore {
  [[gnu::always_inline]] static void at(const Constants& /*k*/, auto first, auto& thr) {
    thr = first;
  }
};

std::vector<Stage> SLIFCell::dynamics() {
  std::vector<Stage> stages;
  if (inhibits()) stages.push_back(product(s, inh_weights, inhibition));
  stages.push_back(each_unit<Membrane>(
      k_, when(inhibits()), when(p_.sticky_spikes), reads(j, inhibits() ? inhibition : j),
      updates(v, rfr, thr, tols), writes(s, crossed, j_eff), looks(surrogate), publishes(j)));
  if (aims()) stages.push_back(whole<&SLIFCell::adapt>(reads(crossed), updates(thr)));
  return stages;
}

void SLIFCell::adapt(const Step& /*step*/) {
  aim_at_one_spike(crossed, p_.rho_b);
}

std::vector<Stage> SLIFCell::restoring() {
  if (p_.thr_persist) return {};
  return {each_unit<Restore>(k_, reads(threshold), writes(thr))};
}

}  // namespace plexus

#include "plexus/components/neurons/spiking/adex_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

AdExCell::AdExCell(const Setup& setup, const Params& params)
    : RecoveryCell(setup, params.n_units, params.v0, params.w0), p_(params) {}

void AdExCell::prepare(const Step& step) {
  k_ = {step.t,
        step.dt,
        1 / p_.tau_m,
        1 / p_.tau_w,
        p_.resist_m,
        p_.v_sharpness,
        p_.intrinsic_mem_thr,
        p_.thr,
        p_.v_rest,
        p_.v_reset,
        p_.a,
        p_.b};
}

struct AdExCell::Membrane {
  static void at(const Constants& k, auto integrator, auto j, auto& v, auto& w, auto& tols,
                 auto& s) {
    const auto v_old = v;
    const auto dv = [&](auto u) {
      const auto runaway = k.sharpness * math::exp((u - k.intrinsic_thr) / k.sharpness);
      return (-(u - k.v_rest) + runaway - k.resist_m * w + k.resist_m * j) * k.rate_v;
    };
    const auto dw = [&](auto u) { return (-u + (v_old - k.v_rest) * k.a) * k.rate_w; };
    v = math::step<integrator.value>(v, dv, k.dt);
    w = math::step<integrator.value>(w, dw, k.dt);
    const bool fires = v > k.thr;

    v = fires ? k.v_reset : v;
    w = fires ? w + k.b : w;
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

Stage AdExCell::dynamics() {
  return each_unit<Membrane>(k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
                             reads(j), updates(v, w, tols), writes(s));
}

}  // namespace plexus

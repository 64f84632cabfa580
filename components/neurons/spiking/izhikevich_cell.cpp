#include "plexus/components/neurons/spiking/izhikevich_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

IzhikevichCell::IzhikevichCell(const Setup& setup, const Params& params)
    : RecoveryCell(setup, params.n_units, params.v0, params.w0), p_(params) {}

void IzhikevichCell::prepare(const Step& step) {
  k_ = {step.t,   step.dt,    1 / p_.tau_m, 1 / p_.tau_w,      p_.resist_m,
        p_.v_thr, p_.v_reset, p_.w_reset,   p_.coupling_factor};
}

struct IzhikevichCell::Membrane {
  static void at(const Constants& k, auto integrator, auto j, auto& v, auto& w, auto& tols,
                 auto& s) {
    const auto v_old = v, w_old = w, I = j * k.resist_m;
    const bool fires = v > k.v_thr;
    const auto dv = [&](auto u) { return (u * u * 0.04F + u * 5 + 140 - w_old + I) * k.rate_v; };
    const auto dw = [&](auto u) { return (v_old * k.coupling - u) * k.rate_w; };
    v = math::step<integrator.value>(v, dv, k.dt);
    w = math::step<integrator.value>(w, dw, k.dt);

    v = fires ? k.v_reset : v;
    w = fires ? w_old + k.w_reset : w;
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

Stage IzhikevichCell::dynamics() {
  return each_unit<Membrane>(k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
                             reads(j), updates(v, w, tols), writes(s));
}

}  // namespace plexus

#include "plexus/components/neurons/spiking/raf_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

RAFCell::RAFCell(const Setup& setup, const Params& params)
    : RecoveryCell(setup, params.n_units, params.v0, params.w0), p_(params) {}

void RAFCell::prepare(const Step& step) {
  k_ = {step.t, step.dt,  1 / p_.tau_v,     1 / p_.tau_w, p_.resist_v,
        p_.thr, p_.omega, p_.dampen_factor, p_.v_reset,   p_.w_reset};
}

struct RAFCell::Oscillator {
  static void at(const Constants& k, auto integrator, auto resets, auto j, auto& v, auto& w,
                 auto& tols, auto& s) {
    const auto I = j * k.resist_v;
    const auto dw = [&](auto u) { return (u * k.dampen_factor - v * k.omega + I) * k.rate_w; };
    w = math::step<integrator.value>(w, dw, k.dt);
    const auto dv = [&](auto u) { return (k.omega * w + u * k.dampen_factor) * k.rate_v; };
    v = math::step<integrator.value>(v, dv, k.dt);
    const bool fires = v > k.thr;

    if constexpr (resets) {
      v = fires ? k.v_reset : v;
      w = fires ? k.w_reset : w;
    }
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

Stage RAFCell::dynamics() {
  return each_unit<Oscillator>(k_,
                               choose<math::kIntegrators>(math::integrator(p_.integration_type)),
                               when(p_.post_spike_reset), reads(j), updates(v, w, tols), writes(s));
}

}  // namespace plexus

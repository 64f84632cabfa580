#include "plexus/components/neurons/spiking/if_cell.h"

#include <limits>

#include "plexus/components/math/firing.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

IFCell::IFCell(const Setup& setup, const Params& params)
    : RefractoryCell(setup, params.n_units, params.refract_time, params.v_rest), p_(params) {}

void IFCell::prepare(const Step& step) {
  k_ = {step.t,
        step.dt,
        1 / p_.tau_m,
        p_.resist_m,
        p_.thr,
        p_.v_reset,
        p_.lower_clamp_voltage ? p_.v_rest : -std::numeric_limits<float>::infinity(),
        p_.refract_time};
}

struct IFCell::Membrane {
  static void at(const Constants& k, auto integrator, auto j, auto& v, auto& rfr, auto& tols,
                 auto& s) {
    const auto I = math::is_ready(rfr, k.refract_time) ? j * k.resist_m : 0;
    v = math::step<integrator.value>(
        v, [&](auto) { return I * k.rate; }, k.dt);
    const bool fires = v > k.thr;

    v = math::max(fires ? k.v_reset : v, k.v_min);
    rfr = math::refractory_clock(rfr, fires, k.dt);
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

Stage IFCell::dynamics() {
  return each_unit<Membrane>(k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
                             reads(j), updates(v, rfr, tols), writes(s));
}

}  // namespace plexus

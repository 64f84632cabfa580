#include "plexus/components/neurons/spiking/fitzhugh_nagumo_cell.h"

#include <limits>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

const FitzhughNagumoCell::Params& checked(const FitzhughNagumoCell::Params& p,
                                          const std::string& name) {
  if (p.gamma == 0)
    throw Error(Error::Kind::config, {}, name + ".gamma is 0, which divides v³",
                "give it another number, such as 3");
  return p;
}

}  // namespace

FitzhughNagumoCell::FitzhughNagumoCell(const Setup& setup, const Params& params)
    : RecoveryCell(setup, params.n_units, params.v0, params.w0, ""),
      p_(checked(params, setup.name)) {}

void FitzhughNagumoCell::prepare(const Step& step) {
  k_ = {step.t,       step.dt,
        1 / p_.tau_m, 1 / p_.tau_w,
        p_.resist_m,  p_.alpha,
        p_.beta,      p_.gamma,
        p_.v_thr,     p_.edge_spikes ? p_.v_thr : std::numeric_limits<float>::infinity(),
        p_.v0,        p_.w0};
}

struct FitzhughNagumoCell::Membrane {
  static void at(const Constants& k, auto integrator, auto resets, auto j, auto& v, auto& w,
                 auto& tols, auto& s) {
    const auto v_old = v, I = j * k.resist_m;
    const auto dv = [&](auto u) { return (u - u * u * u / k.gamma - w + I) * k.rate_v; };
    const auto dw = [&](auto u) { return (v_old + k.alpha - k.beta * u) * k.rate_w; };
    v = math::step<integrator.value>(v, dv, k.dt);
    w = math::step<integrator.value>(w, dw, k.dt);
    const bool fires = v > k.v_thr && v_old <= k.v_below;

    if constexpr (resets) {
      v = fires ? k.v0 : v;
      w = fires ? k.w0 : w;
    }
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

Stage FitzhughNagumoCell::dynamics() {
  return each_unit<Membrane>(k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
                             when(p_.spike_reset), reads(j), updates(v, w, tols), writes(s));
}

}  // namespace plexus

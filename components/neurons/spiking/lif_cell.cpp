#include "plexus/components/neurons/spiking/lif_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

constexpr float kAlpha = 0.2F;  // of the arctan surrogate

}  // namespace

LIFCell::LIFCell(const Setup& setup, const Params& params)
    : HomeostaticCell(setup, homeostatic(params)), conduct_leak_(params.conduct_leak) {
}

void LIFCell::prepare(const Step& step) {
  HomeostaticCell::prepare(step);
  k_ = {HomeostaticCell::k_, conduct_leak_, p_.resist_m * step.dt};
}

struct LIFCell::Membrane {
  static void at(const Constants& k, auto integrator, auto estimator, auto chosen, auto j,
                 auto rate, auto& v, auto& rfr, auto& theta, auto& tols, auto& s, auto& s_raw,
                 auto& surrogate, auto& v_thr) {
    const auto I = j * k.resist_m, through = gated(k, I, rfr);
    const auto dv = [&](auto u) {
      return (math::leak(u, k.v_rest, k.conduct_leak) + through) * rate;
    };
    v = math::step<integrator.value>(v, dv, k.dt);

    using enum math::Surrogate;
    const auto thr = theta + k.thr;
    if constexpr (estimator == secant_lif)
      surrogate = math::d_secant_lif(I);
    else if constexpr (estimator == arctan)
      surrogate = math::d_arctan(v, thr, kAlpha) * (k.charge * rate);
    else
      surrogate = math::d_spike<estimator.value>(v, thr) * (k.charge * rate);

    fire(k, chosen, v, rfr, theta, tols, s, s_raw, v_thr);
  }
};

std::vector<Stage> LIFCell::dynamics() {
  return emitting(each_unit<Membrane>(
      k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
      choose<math::kSurrogates>(math::surrogate(p_.surrogate_type)), when(chooses()),
      reads(j, rate), updates(v, rfr, thr_theta, tols), writes(s, s_raw), looks(surrogate, v_thr)));
}

}  // namespace plexus

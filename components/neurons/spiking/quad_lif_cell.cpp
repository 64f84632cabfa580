#include "plexus/components/neurons/spiking/quad_lif_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

QuadLIFCell::QuadLIFCell(const Setup& setup, const Params& params)
    : HomeostaticCell(setup, homeostatic(params)),
      v_c_(params.v_scale),
      a0_(params.textbook ? -params.critical_v : params.critical_v) {}

void QuadLIFCell::prepare(const Step& step) {
  HomeostaticCell::prepare(step);
  k_ = {HomeostaticCell::k_, v_c_, a0_};
}

struct QuadLIFCell::Membrane {
  [[gnu::always_inline]] static void at(const Constants& k, auto integrator, auto j, auto rate,
                                        auto& v, auto& rfr, auto& theta, auto& tols, auto& s,
                                        auto& s_raw, auto& v_thr) {
    const auto through = gated(k, j * k.resist_m, rfr);
    const auto dv = [&](auto u) {
      return (math::leak(u, k.v_rest) * (u - k.v_c) * k.a0 + through) * rate;
    };
    v = math::step<integrator.value>(v, dv, k.dt);
    fire(k, v, rfr, theta, tols, s, s_raw, v_thr);
  }
};

std::vector<Stage> QuadLIFCell::dynamics() {
  return emitting(each_unit<Membrane>(
      k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)), reads(j, rate),
      updates(v, rfr, thr_theta, tols), writes(s, s_raw), looks(v_thr)));
}

}  // namespace plexus

#include "plexus/components/neurons/spiking/lif_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

constexpr float kAlpha = 0.2F;  // of the arctan surrogate

}  // namespace

LIFCell::LIFCell(const Setup& setup, const Params& params)
    : HomeostaticCell(setup, homeostatic(params)), conduct_leak_(params.conduct_leak) {}

void LIFCell::prepare(const Step& step) {
  HomeostaticCell::prepare(step);
  k_ = {HomeostaticCell::k_, conduct_leak_, p_.resist_m * step.dt};
}

struct LIFCell::Membrane {
  [[gnu::always_inline]] static void at(const Constants& k, auto integrator, auto j, auto rate,
                                        auto& v, auto& rfr, auto& theta, auto& tols, auto& s,
                                        auto& s_raw, auto& v_thr, auto& v_before,
                                        auto& thr_before) {
    const auto through = gated(k, j * k.resist_m, rfr);
    const auto dv = [&](auto u) {
      return (math::leak(u, k.v_rest, k.conduct_leak) + through) * rate;
    };
    v = math::step<integrator.value>(v, dv, k.dt);
    v_before = v;
    thr_before = theta + k.thr;
    fire(k, v, rfr, theta, tols, s, s_raw, v_thr);
  }
};

struct LIFCell::Slope {
  [[gnu::always_inline]] static void at(const Constants& k, auto estimator, auto j, auto rate,
                                        auto v, auto thr, auto& surrogate) {
    using enum math::Surrogate;
    if constexpr (estimator == secant_lif)
      surrogate = math::d_secant_lif(j * k.resist_m);
    else if constexpr (estimator == arctan)
      surrogate = math::d_arctan(v, thr, kAlpha) * (k.charge * rate);
    else
      surrogate = math::d_spike<estimator.value>(v, thr) * (k.charge * rate);
  }
};

std::vector<Stage> LIFCell::dynamics() {
  auto stages = emitting(each_unit<Membrane>(
      k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)), reads(j, rate),
      updates(v, rfr, thr_theta, tols), writes(s, s_raw), looks(v_thr, v_before, thr_before)));
  stages.push_back(each_unit<Slope>(k_,
                                    choose<math::kSurrogates>(math::surrogate(p_.surrogate_type)),
                                    reads(j, rate, v_before, thr_before), looks(surrogate)));
  return stages;
}

}  // namespace plexus

#include "plexus/components/neurons/spiking/hodgkin_huxley_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

/// How fast a gate opens and closes, at one voltage.
template <class T>
struct Rates {
  T opens, closes;

  [[nodiscard]] T steady() const { return opens / (opens + closes); }
  template <math::Integrator I>
  [[nodiscard]] T moved(T x, float dt) const {
    return math::step<I>(
        x, [this](T u) { return opens * (1 - u) - closes * u; }, dt);
  }
};

/// u/(exp(u/10) − 1), and its limit where that is 0/0.
template <class T>
T towards(T u) {
  const T x = u / 10;
  return math::abs(x) < 1e-6F ? T(10) : u / (math::exp(x) - 1);
}

template <class T>
Rates<T> n_rates(T v) {
  return {0.01F * towards(10 - v), 0.125F * math::exp(-v / 80)};
}
template <class T>
Rates<T> m_rates(T v) {
  return {0.1F * towards(25 - v), 4 * math::exp(-v / 18)};
}
template <class T>
Rates<T> h_rates(T v) {
  return {0.07F * math::exp(-v / 20), 1 / (math::exp((30 - v) / 10) + 1)};
}

}  // namespace

HodgkinHuxleyCell::Gates HodgkinHuxleyCell::steady(float voltage) {
  return {n_rates(voltage).steady(), m_rates(voltage).steady(), h_rates(voltage).steady()};
}

HodgkinHuxleyCell::HodgkinHuxleyCell(const Setup& setup, const Params& params)
    : SpikingCell(setup, params.n_units), p_(params) {}

void HodgkinHuxleyCell::prepare(const Step& step) {
  k_ = {step.t, step.dt, 1 / p_.tau_v, p_.resist_m, p_.v_Na,           p_.v_K, p_.v_L, p_.g_Na,
        p_.g_K, p_.g_L,  p_.thr,       p_.v_reset,  steady(p_.v_reset)};
}

struct HodgkinHuxleyCell::Membrane {
  [[gnu::always_inline]] static void at(const Constants& k, auto integrator, auto resets, auto j,
                                        auto& v, auto& n, auto& m, auto& h, auto& tols, auto& s) {
    const auto I = j * k.resist_m;
    const auto of_n = n_rates(v);
    const auto of_m = m_rates(v);
    const auto of_h = h_rates(v);
    const auto sodium = k.g_Na * (m * (m * m)) * h, potassium = k.g_K * ((n * n) * (n * n));
    const auto dv = [&](auto u) {
      return (I - sodium * (u - k.v_Na) - potassium * (u - k.v_K) - k.g_L * (u - k.v_L)) * k.rate;
    };
    v = math::step<integrator.value>(v, dv, k.dt);
    n = of_n.template moved<integrator.value>(n, k.dt);
    m = of_m.template moved<integrator.value>(m, k.dt);
    h = of_h.template moved<integrator.value>(h, k.dt);
    const bool fires = v > k.thr;

    if constexpr (resets) {
      v = fires ? k.v_reset : v;
      n = fires ? k.at_reset.n : n;
      m = fires ? k.at_reset.m : m;
      h = fires ? k.at_reset.h : h;
    }
    tols = fires ? k.t : tols;
    s = math::truth(fires);
  }
};

Stage HodgkinHuxleyCell::dynamics() {
  return each_unit<Membrane>(k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
                             when(p_.spike_reset), reads(j), updates(v, n, m, h, tols), writes(s));
}

}  // namespace plexus

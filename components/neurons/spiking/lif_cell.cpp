#include "plexus/components/neurons/spiking/lif_cell.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "plexus/components/math/elementary/rounded_exp.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

constexpr float kAlpha = 0.2F;  // of the arctan surrogate

const LIFCell::Params& checked(const LIFCell::Params& p, const std::string& name) {
  const auto n = static_cast<std::size_t>(p.n_units);
  const bool one_a_unit = p.tau_m.size() == n && p.tau_m.shape.cols() == p.n_units;
  if (p.tau_m.size() != 1 && !one_a_unit)
    throw Error(Error::Kind::shape, {},
                fmt::format("{}.tau_m has shape {}; expected a number, or (1, {}): one a unit",
                            name, to_string(p.tau_m.shape), n));
  return p;
}

}  // namespace

LIFCell::LIFCell(const Setup& setup, const Params& params)
    : Component(setup), p_(checked(params, setup.name)) {
  const auto tau_m = p_.tau_m.floats();
  auto rates = rate.own_values();
  for (std::size_t i = 0; i < rates.size(); ++i) rates[i] = 1 / tau_m[tau_m.size() == 1 ? 0 : i];
}

void LIFCell::prepare(const Step& step) {
  const bool adapts = p_.tau_theta > 0;
  k_ = {.t = step.t,
        .dt = step.dt,
        .resist_m = p_.resist_m,
        .thr = p_.thr,
        .v_rest = p_.v_rest,
        .v_reset = p_.v_reset,
        .v_min = p_.v_min.value_or(-std::numeric_limits<float>::infinity()),
        .conduct_leak = p_.conduct_leak,
        .refract_time = p_.refract_time,
        .theta_kept = adapts ? math::rounded_exp(-step.dt / p_.tau_theta) : 1,
        .theta_plus = adapts ? p_.theta_plus : 0,
        .charge = p_.resist_m * step.dt};
}

/// A step of everything but the choice among spikes; `chosen`: there is one, and the clock waits
/// for it.
struct LIFCell::Membrane {
  static void at(const Constants& k, auto integrator, auto estimator, auto chosen, auto j,
                 auto rate, auto& v, auto& rfr, auto& theta, auto& tols, auto& s, auto& s_raw,
                 auto& surrogate, auto& v_thr) {
    const auto I = j * k.resist_m, thr = theta + k.thr;

    const auto gated = rfr >= k.refract_time ? I : 0;
    const auto dv = [&](auto u) { return ((k.v_rest - u) * k.conduct_leak + gated) * rate; };
    v = math::step<integrator.value>(v, dv, k.dt);
    const bool crossed = v > thr;

    using enum math::Surrogate;
    if constexpr (estimator == secant_lif)
      surrogate = math::d_secant_lif(I);
    else if constexpr (estimator == arctan)
      surrogate = math::d_arctan(v, thr, kAlpha) * (k.charge * rate);
    else
      surrogate = math::d_spike<estimator.value>(v, thr) * (k.charge * rate);

    v = math::max(crossed ? k.v_reset : v, k.v_min);
    rfr = crossed ? 0 : rfr + k.dt;
    s_raw = s = math::truth(crossed);
    theta = theta * k.theta_kept + s_raw * k.theta_plus;
    v_thr = k.thr + theta;
    if constexpr (!chosen) tols = crossed ? k.t : tols;
  }
};

struct LIFCell::Clock {
  static void at(const Constants& k, auto s, auto& tols) { tols = s > 0 ? k.t : tols; }
};

struct LIFCell::Threshold {
  static void at(const Constants& k, auto theta, auto& v_thr) { v_thr = k.thr + theta; }
};

std::vector<Stage> LIFCell::dynamics() {
  const bool chosen = p_.one_spike || p_.max_one_spike;
  std::vector<Stage> stages;
  if (p_.max_one_spike) stages.push_back(whole<&LIFCell::note_leader>(reads(v), writes(leader)));
  stages.push_back(each_unit<Membrane>(
      k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)),
      choose<math::kSurrogates>(math::surrogate(p_.surrogate_type)), when(chosen), reads(j, rate),
      updates(v, rfr, thr_theta, tols), writes(s, s_raw), looks(surrogate, v_thr)));
  if (p_.max_one_spike)
    stages.push_back(whole<&LIFCell::keep_leader>(reads(leader), updates(s)));
  else if (p_.one_spike)
    stages.push_back(whole<&LIFCell::keep_one>(updates(key, s)));
  if (chosen) stages.push_back(each_unit<Clock>(k_, reads(s), updates(tols)));
  return stages;
}

/// The first of the largest, in each sample.
void LIFCell::note_leader(const Step& /*step*/) {
  const auto voltages = v.own_values(), leaders = leader.own_values();
  const auto units = static_cast<std::ptrdiff_t>(p_.n_units);
  auto row = voltages.begin();
  for (float& first : leaders) {
    first = static_cast<float>(std::max_element(row, row + units) - row);
    row += units;
  }
}

void LIFCell::keep_leader(const Step& /*step*/) {
  const auto spikes = s.own_values(), leaders = leader.own_values();
  const auto units = static_cast<std::size_t>(p_.n_units);
  for (std::size_t b = 0; b < leaders.size(); ++b)
    for (std::size_t i = 0; i < units; ++i)
      if (static_cast<float>(i) != leaders[b]) spikes[b * units + i] = 0;
}

/// Of the units of a sample that crossed, the one with the largest uniform number; the first of
/// equals.
void LIFCell::keep_one(const Step& /*step*/) {
  const auto [next, drawn] = split(key.key());
  key.set(next);
  const auto spikes = s.own_values();
  const auto units = static_cast<std::size_t>(p_.n_units);
  for (std::size_t row = 0; row < spikes.size(); row += units) {
    float most = -1;
    std::size_t winner = units;
    for (std::size_t i = row; i < row + units; ++i) {
      if (spikes[i] == 0) continue;
      spikes[i] = 0;
      const float u = uniform_at(drawn, i);
      if (u > most) {
        most = u;
        winner = i;
      }
    }
    if (most >= 0) spikes[winner] = 1;
  }
}

}  // namespace plexus

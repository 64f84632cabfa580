#include "plexus/components/neurons/spiking/homeostatic_cell.h"

#include <algorithm>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

const HomeostaticCell::Params& checked(const HomeostaticCell::Params& p, const std::string& name) {
  const auto n = static_cast<std::size_t>(p.n_units);
  const bool one_a_unit = p.tau_m.size() == n && p.tau_m.shape.cols() == p.n_units;
  if (p.tau_m.size() != 1 && !one_a_unit)
    throw Error(Error::Kind::shape, {},
                fmt::format("{}.tau_m has shape {}; expected a number, or (1, {}): one a unit",
                            name, to_string(p.tau_m.shape), n));
  return p;
}

}  // namespace

HomeostaticCell::HomeostaticCell(const Setup& setup, const Params& params)
    : RefractoryCell(setup, params.n_units, params.refract_time, params.v_rest),
      p_(checked(params, setup.name)) {
  const auto tau_m = p_.tau_m.floats();
  auto rates = rate.own_values();
  for (std::size_t i = 0; i < rates.size(); ++i) rates[i] = 1 / tau_m[tau_m.size() == 1 ? 0 : i];
}

void HomeostaticCell::prepare(const Step& step) {
  const bool adapts = p_.tau_theta > 0;
  k_ = {.t = step.t,
        .dt = step.dt,
        .resist_m = p_.resist_m,
        .thr = p_.thr,
        .v_rest = p_.v_rest,
        .v_reset = p_.v_reset,
        .v_min = p_.v_min.value_or(-std::numeric_limits<float>::infinity()),
        .refract_time = p_.refract_time,
        .theta_kept = adapts ? math::decay(step.dt, p_.tau_theta) : 1,
        .theta_plus = adapts ? p_.theta_plus : 0,
        .emits_all = !chooses()};
}

struct HomeostaticCell::Clock {
  static void at(const Constants& k, auto s, auto& tols) { tols = s > 0 ? k.t : tols; }
};

struct HomeostaticCell::Threshold {
  static void at(const Constants& k, auto theta, auto& v_thr) { v_thr = k.thr + theta; }
};

std::vector<Stage> HomeostaticCell::emitting(const Stage& membrane) {
  if (!chooses()) return {membrane};
  const Stage clock = each_unit<Clock>(k_, reads(s), updates(tols));
  if (!p_.max_one_spike)
    return {membrane, whole<&HomeostaticCell::keep_one>(updates(key, s)), clock};
  return {whole<&HomeostaticCell::note_leader>(reads(v), writes(leader)), membrane,
          whole<&HomeostaticCell::keep_leader>(reads(leader), updates(s)), clock};
}

std::vector<Stage> HomeostaticCell::showing() {
  return {each_unit<Threshold>(k_, reads(thr_theta), writes(v_thr))};
}

/// The first of the largest, in each sample.
void HomeostaticCell::note_leader(const Step& /*step*/) {
  const auto voltages = v.own_values(), leaders = leader.own_values();
  const auto n = static_cast<std::ptrdiff_t>(p_.n_units);
  auto row = voltages.begin();
  for (float& first : leaders) {
    first = static_cast<float>(std::max_element(row, row + n) - row);
    row += n;
  }
}

void HomeostaticCell::keep_leader(const Step& /*step*/) {
  const auto spikes = s.own_values(), leaders = leader.own_values();
  const auto n = static_cast<std::size_t>(p_.n_units);
  for (std::size_t b = 0; b < leaders.size(); ++b)
    for (std::size_t i = 0; i < n; ++i)
      if (static_cast<float>(i) != leaders[b]) spikes[b * n + i] = 0;
}

/// Of the units of a sample that crossed, the one with the largest uniform number; the first of
/// equals.
void HomeostaticCell::keep_one(const Step& /*step*/) {
  const auto [next, drawn] = split(key.key());
  key.set(next);
  const auto spikes = s.own_values();
  const auto n = static_cast<std::size_t>(p_.n_units);
  for (std::size_t row = 0; row < spikes.size(); row += n) {
    float most = -1;
    std::size_t winner = n;
    for (std::size_t i = row; i < row + n; ++i) {
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

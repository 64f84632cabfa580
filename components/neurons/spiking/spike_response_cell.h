#pragma once

#include "plexus/components/math/elementary.h"
#include "plexus/core/component.h"

namespace plexus {

/// Cells whose voltage is a sum of responses to inputs and to the unit's own last spike, in closed
/// form: they may be evaluated at any times.
class SpikeResponseCell : public Component {
 protected:
  SpikeResponseCell(const Setup& setup, int n_units, float v0 = 0)
      : Component(setup), units{n_units, "n_units"}, v0_{v0} {}

  /// Spikes where the voltage u exceeds thr. `v` only shows it: what it is reset to does not feed
  /// back.
  static void respond(auto u, float thr, float v_reset, float t, auto& v, auto& s, auto& t_last) {
    const bool fires = u > thr;
    v = fires ? v_reset : u;
    s = math::truth(fires);
    t_last = fires ? t : t_last;
  }
  static bool has_spiked(auto t_last) { return t_last >= 0; }

 public:
  const Dim units;

 private:
  float v0_;

 public:
  // clang-format off
  Compartment current_j   {*this, "current_j",    Role::input,  {B, units}, "current", {.unit = "mA"}};
  Compartment v           {*this, "v",            Role::output, {B, units}, "voltage; where s is 1, v_reset", {.initial = v0_, .unit = "mV"}};
  Compartment s           {*this, "s",            Role::output, {B, units}, "spikes", {.spikes = true}};
  Compartment t_last_spike{*this, "t_last_spike", Role::output, {B, units}, "time of the last spike; -1 before the first", {.initial = -1, .unit = "ms"}};
  Compartment next_spike_t{*this, "next_spike_t", Role::output, {B, units}, "time of the next spike as predicted; -1 if none is", {.initial = -1, .unit = "ms"}};
  Compartment last_t_eval {*this, "last_t_eval",  Role::state,  {B, units}, "time of the last step", {.unit = "ms"}};

  Method reset{*this, "reset", clears(current_j, v, s, t_last_spike, next_spike_t, last_t_eval)};
  // clang-format on
};

}  // namespace plexus

#pragma once

#include "plexus/core/component.h"

namespace plexus {

/// What most spiking cells share: a current that drives a voltage, the spikes that the voltage
/// gives rise to, and the time at which each unit spiked last.
class SpikingCell : public Component {
 protected:
  SpikingCell(const Setup& setup, int n_units, float v0 = 0, const char* unit = "mV")
      : Component(setup), units{n_units, "n_units"}, v0_{v0}, unit_{unit} {}

 public:
  const Dim units;

 private:
  float v0_;
  const char* unit_;

 public:
  // clang-format off
  Compartment j   {*this, "j",    Role::input,  {B, units}, "current", {.unit = "mA"}};
  Compartment v   {*this, "v",    Role::state,  {B, units}, "voltage", {.initial = v0_, .unit = unit_}};
  Compartment s   {*this, "s",    Role::output, {B, units}, "spikes", {.spikes = true}};
  Compartment tols{*this, "tols", Role::output, {B, units}, "time of the last spike; 0 before the first", {.unit = "ms"}};

  Method reset{*this, "reset", clears(j, v, s, tols)};
  // clang-format on
};

}  // namespace plexus

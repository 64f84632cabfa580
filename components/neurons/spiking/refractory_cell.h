#pragma once

#include "plexus/components/neurons/spiking/spiking_cell.h"

namespace plexus {

/// A spiking cell with a clock that tells for how long it is refractory. It starts ready.
class RefractoryCell : public SpikingCell {
 protected:
  RefractoryCell(const Setup& setup, int n_units, float refract_time, float v0 = 0)
      : SpikingCell(setup, n_units, v0), refract_time_{refract_time} {}

 private:
  float refract_time_;

 public:
  // clang-format off
  Compartment rfr{*this, "rfr", Role::state, {B, units}, "time since the last spike", {.initial = refract_time_, .unit = "ms"}};

  Method reset{*this, "reset", extends(SpikingCell::reset), clears(rfr)};
  // clang-format on
};

}  // namespace plexus

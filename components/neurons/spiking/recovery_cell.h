#pragma once

#include "plexus/components/neurons/spiking/spiking_cell.h"

namespace plexus {

/// A spiking cell with a second variable, which recovers from spikes or turns against the voltage.
class RecoveryCell : public SpikingCell {
 protected:
  RecoveryCell(const Setup& setup, int n_units, float v0, float w0, const char* unit = "mV")
      : SpikingCell(setup, n_units, v0, unit), w0_{w0} {}

 private:
  float w0_;

 public:
  // clang-format off
  Compartment w{*this, "w", Role::state, {B, units}, "recovery", {.initial = w0_}};

  Method reset{*this, "reset", extends(SpikingCell::reset), clears(w)};
  // clang-format on
};

}  // namespace plexus

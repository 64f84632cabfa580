#pragma once

#include "plexus/core/component.h"

namespace plexus {

/// What the encoders share: graded inputs, spikes as outputs, and the time at which each unit spiked last.
class SpikeEncoder : public Component {
 protected:
  SpikeEncoder(const Setup& setup, int n_units) : Component(setup), n{n_units, "n_units"} {}

 public:
  // clang-format off
  const Dim n;

  Compartment inputs {*this, "inputs",  Role::input,  {B, n}, "values to encode"};
  Compartment outputs{*this, "outputs", Role::output, {B, n}, "spikes", {.spikes = true}};
  Compartment tols   {*this, "tols",    Role::output, {B, n}, "time of the last spike; 0 before the first", {.unit = "ms"}};

  Method reset{*this, "reset", clears(inputs, outputs, tols)};
  // clang-format on
};

}  // namespace plexus

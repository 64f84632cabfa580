#pragma once

#include "plexus/components/neurons/spiking/refractory_cell.h"
#include "plexus/core/random/key.h"

namespace plexus {

/// Cells whose units have thresholds that differ by chance, and may aim at one spike a sample.
class CompetingCell : public RefractoryCell {
 protected:
  using RefractoryCell::RefractoryCell;

  /// Draws first thresholds, the same for all samples, within `jitter` of `base`.
  void draw_thresholds(Key drawn, float base, float jitter);
  void aim_at_one_spike(Compartment& spikes, float gain);

 public:
  // clang-format off
  Compartment thr{*this, "thr", Role::state, {B, units}, "threshold"};
  // clang-format on
};

}  // namespace plexus

#pragma once

#include "plexus/components/neurons/population.h"
#include "plexus/core/component.h"

namespace plexus {

/// What the cells share that compare a target with a prediction of it: gradients of a
/// log-likelihood, which a modulator and a mask weigh. A mask holds for one step.
class ErrorCell : public Component {
 protected:
  ErrorCell(const Setup& setup, int n_units, const Shape& image)
      : Component(setup), units_(population(n_units, image, setup.name)) {}

  [[gnu::always_inline]] static void weigh(auto by_prediction, auto by_target, auto modulator,
                                           auto mask, auto& dprediction, auto& dtarget,
                                           auto& next_mask) {
    dprediction = (by_prediction * modulator) * mask;
    dtarget = (by_target * modulator) * mask;
    next_mask = 1;
  }

  Dims units_;  // of the population

 public:
  // clang-format off
  Compartment target   {*this, "target",    Role::input,  units_, "target"};
  Compartment modulator{*this, "modulator", Role::input,  units_, "factor of the gradients", {.initial = 1}};
  Compartment mask     {*this, "mask",      Role::input,  units_, "factor of the gradients in the next step", {.initial = 1}};
  Compartment dtarget  {*this, "dtarget",   Role::output, units_, "gradient of L by target"};
  // clang-format on
};

}  // namespace plexus

#pragma once

#include <vector>

#include "plexus/components/synapses/dynamic/conductance_synapse.h"

namespace plexus {

/// The base of synapses whose conductance g rises through another one, h, that the inputs open.
class RisingSynapse : public ConductanceSynapse {
 protected:
  RisingSynapse(const Setup& setup, const Params& params) : ConductanceSynapse(setup, params) {}

  Constants k_{};  // the derived class's prepare() sets them

 private:
  struct Cascade;
  std::vector<Stage> conduction();

 public:
  // clang-format off
  Compartment h_syn{*this, "h_syn", Role::state, {B, n_post}, "conductance h that g follows"};

  Method advance_state{*this, "advance_state", takes("dt"), conduction()};
  Method reset        {*this, "reset", extends(ConductanceSynapse::reset), clears(h_syn)};
  // clang-format on
};

}  // namespace plexus

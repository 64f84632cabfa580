#pragma once

#include <optional>

#include "plexus/components/synapses/dense_parameters.h"

/// The parameters of every conductance synapse, as members: see PLEXUS_DENSE_PARAMETERS.
#define PLEXUS_CONDUCTANCE_PARAMETERS \
  PLEXUS_DENSE_PARAMETERS;            \
  float tau_decay = required;         \
  float g_syn_bar = required;         \
  std::optional<float> syn_rest = {}; \
  bool is_nonplastic = true

namespace plexus {

/// Declares them. `p` is any Params that has them.
template <class P>
void describe_conductance(Parameters& d, P& p) {
  describe_dense(d, p);
  d("tau_decay", p.tau_decay, "time constant of the conductance", positive, unit::ms,
    Example{"5.0"});
  d("g_syn_bar", p.g_syn_bar, "conductance that a spike adds where W is 1", Example{"1.0"});
  d("syn_rest", p.syn_rest, "reversal potential; null: the current does not depend on the voltage",
    unit::mV);
  d("is_nonplastic", p.is_nonplastic, "all efficacies W are 1, whatever was drawn");
}

}  // namespace plexus

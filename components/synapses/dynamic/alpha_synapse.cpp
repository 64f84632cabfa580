#include "plexus/components/synapses/dynamic/alpha_synapse.h"

namespace plexus {

AlphaSynapse::AlphaSynapse(const Setup& setup, const Params& params)
    : RisingSynapse(setup, conductance(params)), exact_(params.exact) {}

void AlphaSynapse::prepare(const Step& step) {
  k_ = constants(step);
  k_.h_decay = k_.g_decay;
  k_.h_gain = p_.g_syn_bar;
  if (exact_) k_.g_gain = k_.g_decay;
}

}  // namespace plexus

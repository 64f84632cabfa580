#include "plexus/components/synapses/dynamic/conductance_synapse.h"

#include "plexus/core/log.h"

namespace plexus {

ConductanceSynapse::ConductanceSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params, params.is_nonplastic)), p_(params) {
  if (!p_.is_nonplastic) return;
  if (p_.weight_init != DenseSynapse::Params{}.weight_init || (p_.p_conn > 0 && p_.p_conn < 1))
    log_warn(
        "{}: is_nonplastic makes all weights 1; weight_init and p_conn have no effect without "
        "`is_nonplastic: false`",
        label());
  weights.set(1);
}

ConductanceSynapse::Constants ConductanceSynapse::constants(const Step& step) const {
  return {.g_conduct_factor = p_.g_conduct_factor,
          .syn_rest = p_.syn_rest.value_or(0),
          .g_decay = step.dt / p_.tau_decay,
          .g_gain = 1};
}

}  // namespace plexus

#include "plexus/components/synapses/dynamic/double_exp_synapse.h"

#include "plexus/core/log.h"

namespace plexus {

DoubleExpSynapse::DoubleExpSynapse(const Setup& setup, const Params& params)
    : RisingSynapse(setup, conductance(params)), tau_rise_(params.tau_rise), exact_(params.exact) {
  if (tau_rise_ == p_.tau_decay)
    log_warn(
        "{}: tau_rise equals tau_decay, so nothing is transmitted; AlphaSynapse has one time "
        "constant for both",
        label());
}

void DoubleExpSynapse::prepare(const Step& step) {
  k_ = constants(step);
  k_.h_decay = step.dt / tau_rise_;
  // c in double, as the reference has it.
  k_.h_gain = p_.g_syn_bar * static_cast<float>(1 / static_cast<double>(tau_rise_) -
                                                1 / static_cast<double>(p_.tau_decay));
  if (exact_) k_.g_gain = step.dt;
}

}  // namespace plexus

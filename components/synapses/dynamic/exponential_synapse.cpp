#include "plexus/components/synapses/dynamic/exponential_synapse.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

ExponentialSynapse::ExponentialSynapse(const Setup& setup, const Params& params)
    : ConductanceSynapse(setup, conductance(params)) {}

void ExponentialSynapse::prepare(const Step& step) {
  k_ = constants(step);
  k_.g_gain = p_.g_syn_bar;
}

/// `y` is the sum of the inputs at first, and then the current.
struct ExponentialSynapse::Conductance {
  static void at(const Constants& k, auto by_voltage, auto v, auto gate, auto& g, auto& y,
                 auto& i) {
    g = (g - g * k.g_decay) + (y * gate) * k.g_gain;
    i = y = k.current(by_voltage, v, g);
  }
};

std::vector<Stage> ExponentialSynapse::conduction() {
  auto stages = drive();
  // Where the current does not depend on the voltage, v is not read: the gate stands in its place.
  stages.push_back(each_unit<Conductance>(k_, when(by_voltage()),
                                          reads(by_voltage() ? v : gate, gate),
                                          updates(g_syn, outputs), looks(i_syn)));
  return stages;
}

}  // namespace plexus

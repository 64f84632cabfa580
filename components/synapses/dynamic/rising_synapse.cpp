#include "plexus/components/synapses/dynamic/rising_synapse.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

/// g takes the new h. `y` is the sum of the inputs at first, and then the current.
struct RisingSynapse::Cascade {
  static void at(const Constants& k, auto by_voltage, auto v, auto gate, auto& h, auto& g, auto& y,
                 auto& i) {
    h = (h - h * k.h_decay) + (y * gate) * k.h_gain;
    g = (g - g * k.g_decay) + h * k.g_gain;
    i = y = k.current(by_voltage, v, g);
  }
};

std::vector<Stage> RisingSynapse::conduction() {
  auto stages = drive();
  // Where the current does not depend on the voltage, v is not read: the gate stands in its place.
  stages.push_back(each_unit<Cascade>(k_, when(by_voltage()), reads(by_voltage() ? v : gate, gate),
                                      updates(h_syn, g_syn, outputs), looks(i_syn)));
  return stages;
}

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/synapses/dynamic/rising_synapse.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Conductance that rises with one time constant and falls with another. See `about`.
class DoubleExpSynapse final : public RisingSynapse {
 public:
  static constexpr std::string_view type_name = "DoubleExpSynapse";
  static constexpr std::string_view family = "synapses/dynamic";
  static constexpr std::string_view about = R"(
Double-exponential synapse: the conductance after a spike rises with one time constant and falls
with another.

  tau_rise  dh_j/dt = −h_j,  and each step adds g_syn_bar c gate_j Σ_i s_i W_ij mask_ij to h
  tau_decay dg_j/dt = −g_j,  and each step adds h_j, or with `exact` h_j dt
  outputs = i_syn = −g g_conduct_factor (v − syn_rest),  c = 1/tau_rise − 1/tau_decay

The difference g_syn_bar W (exp(−t/tau_decay) − exp(−t/tau_rise)) is that of `exact`. By default, as
ngc-learn has it, g takes all of h in each step, so that its peak grows as 1/dt. Equal time constants
make c 0: nothing is transmitted. s is the inputs, delayed or stochastically released if so asked:
`plexus describe DenseSynapse` says how. Without syn_rest the last factor drops out, and the outputs
are the negative conductance. Forward Euler: first h, then g with the new h, then the current.
Biases have no part in it.

By default (is_nonplastic) all W are 1, whatever weight_init and p_conn say; `is_nonplastic: false`
keeps what was drawn.

Destexhe, Mainen & Sejnowski (1994), J. Comput. Neurosci. 1:195–230.)";

  struct Params {
    PLEXUS_CONDUCTANCE_PARAMETERS;
    float tau_rise = required;
    bool exact = false;
    void describe(Parameters& d) {
      describe_conductance(d, *this);
      d("tau_rise", tau_rise, "time constant of the conductance's rise", positive, unit::ms,
        Example{"1.0"});
      d("exact", exact, "g follows h as the differential equation says, whatever the step");
    }
  };

  /// Warns of equal time constants.
  DoubleExpSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  float tau_rise_;
  bool exact_;
};
PLEXUS_REGISTER(DoubleExpSynapse);

}  // namespace plexus

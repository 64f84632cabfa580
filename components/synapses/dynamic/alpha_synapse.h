#pragma once

#include <string_view>

#include "plexus/components/synapses/dynamic/rising_synapse.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Conductance that rises and falls with one time constant. See `about`.
class AlphaSynapse final : public RisingSynapse {
 public:
  static constexpr std::string_view type_name = "AlphaSynapse";
  static constexpr std::string_view family = "synapses/dynamic";
  static constexpr std::string_view about = R"(
Alpha synapse: the conductance after a spike rises and falls with one time constant.

  tau_decay dh_j/dt = −h_j,  and each step adds g_syn_bar gate_j Σ_i s_i W_ij mask_ij to h
  tau_decay dg_j/dt = −g_j,  and each step adds h_j, or with `exact` h_j dt/tau_decay
  outputs = i_syn = −g g_conduct_factor (v − syn_rest)

The alpha function g_syn_bar W (t/tau_decay) exp(−t/tau_decay) is that of `exact`: it peaks at
t = tau_decay. By default, as ngc-learn has it, g takes all of h in each step, so that its peak grows
as 1/dt. s is the inputs, delayed or stochastically released if so asked: `plexus describe
DenseSynapse` says how. Without syn_rest the last factor drops out, and the outputs are the negative
conductance. Forward Euler: first h, then g with the new h, then the current. Biases have no part in
it.

By default (is_nonplastic) all W are 1, whatever weight_init and p_conn say; `is_nonplastic: false`
keeps what was drawn.

Rall (1967), J. Neurophysiol. 30:1138–1168.)";

  struct Params {
    PLEXUS_CONDUCTANCE_PARAMETERS;
    bool exact = false;
    void describe(Parameters& d) {
      describe_conductance(d, *this);
      d("exact", exact, "g follows h as the differential equation says, whatever the step");
    }
  };

  AlphaSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  bool exact_;
};
PLEXUS_REGISTER(AlphaSynapse);

}  // namespace plexus

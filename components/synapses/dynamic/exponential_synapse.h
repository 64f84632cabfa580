#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/synapses/dynamic/conductance_synapse.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Conductance that a spike opens at once and that decays exponentially. See `about`.
class ExponentialSynapse final : public ConductanceSynapse {
 public:
  static constexpr std::string_view type_name = "ExponentialSynapse";
  static constexpr std::string_view family = "synapses/dynamic";
  static constexpr std::string_view about = R"(
Exponential synapse: a spike opens a conductance at once, which then decays.

  tau_decay dg_j/dt = −g_j,  and each step adds g_syn_bar gate_j Σ_i s_i W_ij mask_ij
  outputs = i_syn = −g g_conduct_factor (v − syn_rest)

s is the inputs, delayed or stochastically released if so asked: `plexus describe DenseSynapse`
says how. A unit spike adds g_syn_bar W_ij whatever the step. Without syn_rest the last factor drops
out, and the outputs are the negative conductance. Forward Euler; the current is that of the new
conductance. Biases have no part in it.

By default (is_nonplastic) all W are 1, whatever weight_init and p_conn say; `is_nonplastic: false`
keeps what was drawn.

Destexhe, Mainen & Sejnowski (1994), J. Comput. Neurosci. 1:195–230.)";

  struct Params {
    PLEXUS_CONDUCTANCE_PARAMETERS;
    void describe(Parameters& d) { describe_conductance(d, *this); }
  };

  ExponentialSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Conductance;
  std::vector<Stage> conduction();

  Constants k_{};

 public:
  Method advance_state{*this, "advance_state", takes("dt"), conduction()};
};
PLEXUS_REGISTER(ExponentialSynapse);

}  // namespace plexus

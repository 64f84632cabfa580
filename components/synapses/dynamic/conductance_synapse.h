#pragma once

#include <vector>

#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/dynamic/conductance_parameters.h"

namespace plexus {

/// The base of synapses whose inputs open a conductance that closes again.
class ConductanceSynapse : public DenseSynapse {
 protected:
  struct Params {
    PLEXUS_CONDUCTANCE_PARAMETERS;
  };

  ConductanceSynapse(const Setup& setup, const Params& params);

  /// The Params of a derived class, as those of this one.
  template <class P>
  static Params conductance(const P& p) {
    return {p.shape,          p.weight_init,  p.bias_init,       p.g_conduct_factor,
            p.p_release_mean, p.p_conn,       p.max_delay_steps, p.one_release,
            p.mask,           p.batch_size,   p.tau_decay,       p.g_syn_bar,
            p.syn_rest,       p.is_nonplastic};
  }

  /// Both decays are dt/tau; a gain is what a step adds to h or g for each unit of what drives it.
  struct Constants {
    float g_conduct_factor, syn_rest;
    float g_decay, g_gain;
    float h_decay = 0, h_gain = 0;  // where the conductance rises through another, h

    /// The current of a conductance at the voltage v.
    template <class V>
    [[nodiscard]] V current(auto by_voltage, V v, V conductance) const {
      if constexpr (by_voltage)
        return -(conductance * g_conduct_factor) * (v - syn_rest);
      else
        return -(conductance * g_conduct_factor);
    }
  };
  /// With the decay of g; the gains are the derived class's.
  [[nodiscard]] Constants constants(const Step& step) const;

  [[nodiscard]] bool by_voltage() const { return p_.syn_rest.has_value(); }

  Params p_;

 public:
  // clang-format off
  Compartment v    {*this, "v",     Role::input,  {B, n_post}, "voltage of the units that it reaches", {.unit = "mV"}};
  Compartment i_syn{*this, "i_syn", Role::output, {B, n_post}, "current, as the outputs"};
  Compartment g_syn{*this, "g_syn", Role::state,  {B, n_post}, "conductance g"};

  Method reset{*this, "reset", extends(DenseSynapse::reset), clears(v, i_syn, g_syn)};
  // clang-format on
};

}  // namespace plexus

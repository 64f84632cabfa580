#pragma once

#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/spike_response_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Spike-response model of a resonate-and-fire cell. See `about`.
class RAFSRM final : public SpikeResponseCell {
 public:
  static constexpr std::string_view type_name = "RAFSRM";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Spike-response model of a resonate-and-fire cell, for steps at any times: between them the
oscillation of RAFCell is solved exactly.

  tau_v dj_v/dt = dampen_factor j_v + omega j_w
  tau_w dj_w/dt = dampen_factor j_w - omega j_v,  from last_t_eval to t
  then j_w grows by current_j dt/tau_w
  u = j_v + what (v_reset, w_reset) at the last spike has become by t
  s = 1 where u > thr, else 0
  v = v_reset where s, else u

Spikes leave j_v and j_w alone: with v_reset and w_reset 0 they have no effect on what follows. As
in ngc-learn the response to a spike rings for ever; with `damped_response` it is damped like the
rest. A current reaches v at the step after its own.

predict_next_spike looks for the time x > 0 after t_start at which j_v passes thr, by ten of
Newton's steps from x = 0.1, and gives t_start + x, or -1 if it finds none. The crossing may be a
later one, or one downwards.

Richardson, Brunel & Hakim (2003), J. Neurophysiol. 89:2538–2554. Izhikevich (2001), Neural Networks
14:883–894.)";

  struct Params {
    int n_units = required;
    float tau_v = 1;
    float tau_w = 1;
    float thr = 1;
    float omega = 10;
    float dampen_factor = -1;
    float v_reset = 0;
    float w_reset = 0;
    bool damped_response = false;
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_v", tau_v, "time constant of the voltage", positive, unit::ms);
      d("tau_w", tau_w, "time constant of the angular driver", positive, unit::ms);
      d("thr", thr, "threshold", unit::mV);
      d("omega", omega, "angular frequency, in units of the time constants");
      d("dampen_factor", dampen_factor, "damping, if negative");
      d("v_reset", v_reset, "voltage with a spike, from which the response to it starts", unit::mV);
      d("w_reset", w_reset, "angular driver from which the response to a spike starts");
      d("damped_response", damped_response, "the response to a spike is damped");
      describe_batch(d, batch_size);
    }
  };

  /// Throws Error (config) for an omega too small to oscillate.
  RAFSRM(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Response;
  struct Prediction;
  Stage responding();
  Stage predicting();

  /// dv/dt = a v + b w, dw/dt = c v + d w: an oscillation of frequency Omega and damping gamma.
  struct System {
    float a, b, c, d;
    float gamma, Omega;

    struct Turn;
    Turn turned(float t) const;
  };

  Params p_;
  System system_;
  struct Constants {
    float t, dt;
    System system;
    float tau_w, thr, v_reset, w_reset, t_start;
  } k_{};

 public:
  // clang-format off
  Compartment j_v{*this, "j_v", Role::state, {B, units}, "voltage without responses to spikes", {.unit = "mV"}};
  Compartment j_w{*this, "j_w", Role::state, {B, units}, "angular driver"};

  Method advance_state     {*this, "advance_state", takes("t", "dt"), responding()};
  Method predict_next_spike{*this, "predict_next_spike", takes("t_start"), predicting()};
  Method reset             {*this, "reset", extends(SpikeResponseCell::reset), clears(j_v, j_w)};
  // clang-format on
};
PLEXUS_REGISTER(RAFSRM);

}  // namespace plexus

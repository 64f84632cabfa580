#pragma once

#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/spike_response_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Spike-response model of a leaky integrate-and-fire cell. See `about`.
class LIFSRM final : public SpikeResponseCell {
 public:
  static constexpr std::string_view type_name = "LIFSRM";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Spike-response model of a leaky integrate-and-fire cell, for steps at any times.

  j_lowpass' = j_lowpass exp(-(t - last_t_eval)/tau_m) + current_j dt/tau_m
  u = v_rest + j_lowpass' + (v_reset - v_rest) exp(-(t - t_last_spike)/tau_m),
      the last term after a first spike
  s = 1 where u > thr, else 0
  v = v_reset where s, else u

predict_next_spike sees the present drive d = u - v_rest decay from t_start on, and gives the time
at which it falls back to the threshold, t_start + tau_m log(d/(thr - v_rest)); -1 if d is below.

This is no LIFCell: a spike does not clear j_lowpass, and the last term is positive unless v_reset
lies below v_rest, so a unit goes on firing for as long as its drive exceeds thr - v_rest.

Gerstner (1995), Phys. Rev. E 51:738–758.)";

  struct Params {
    int n_units = required;
    float tau_m = required;
    float thr = -52;
    float v_rest = -65;
    float v_reset = -60;
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the responses", positive, unit::ms, Example{"20.0"});
      d("thr", thr, "threshold", unit::mV);
      d("v_rest", v_rest, "voltage at rest, and at first", unit::mV);
      d("v_reset", v_reset, "voltage with a spike, from which the response to it starts", unit::mV);
      describe_batch(d, batch_size);
    }
  };

  LIFSRM(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Response;
  struct Prediction;
  Stage responding();
  Stage predicting();

  Params p_;
  struct Constants {
    float t, dt;
    float tau_m, thr, v_rest, v_reset, t_start;
  } k_{};
  static auto after_spike(const Constants& k, float t, auto t_last);

 public:
  // clang-format off
  Compartment j_lowpass{*this, "j_lowpass", Role::state, {B, units}, "current, filtered by the membrane", {.unit = "mV"}};

  Method advance_state     {*this, "advance_state", takes("t", "dt"), responding()};
  Method predict_next_spike{*this, "predict_next_spike", takes("t_start"), predicting()};
  Method reset             {*this, "reset", extends(SpikeResponseCell::reset), clears(j_lowpass)};
  // clang-format on
};
PLEXUS_REGISTER(LIFSRM);

}  // namespace plexus

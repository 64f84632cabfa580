#pragma once

#include <string>
#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/recovery_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Resonate-and-fire cell. See `about`.
class RAFCell final : public RecoveryCell {
 public:
  static constexpr std::string_view type_name = "RAFCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Resonate-and-fire cell: voltage v and angular driver w turn around each other, and the damped
oscillation answers best to currents of its own frequency.

  tau_w dw/dt = dampen_factor w - omega v + resist_v j
  tau_v dv/dt = omega w' + dampen_factor v,  w' the new w
  s = 1 where v > thr, else 0
  where s: v = v_reset, w = w_reset      (post_spike_reset)

A negative dampen_factor damps. Each variable is integrated with the other held still, so the pair
is of first order whatever the integrator.

Izhikevich (2001), Neural Networks 14:883–894.)";

  struct Params {
    int n_units = required;
    float tau_v = 1;
    float tau_w = 1;
    float thr = 1;
    float omega = 10;
    float dampen_factor = -1;
    float v_reset = 0;
    float w_reset = 0;
    float v0 = 0;
    float w0 = 0;
    float resist_v = 1;
    bool post_spike_reset = true;
    std::string integration_type = "euler";
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_v", tau_v, "time constant of the voltage v", positive, unit::ms, Alias{"tau_m"});
      d("tau_w", tau_w, "time constant of the angular driver w", positive, unit::ms);
      d("thr", thr, "threshold", unit::mV);
      d("omega", omega, "angular frequency, in units of the time constants");
      d("dampen_factor", dampen_factor, "damping, if negative", Alias{"b"});
      d("v_reset", v_reset, "v after a spike", unit::mV);
      d("w_reset", w_reset, "w after a spike");
      d("v0", v0, "first v", unit::mV);
      d("w0", w0, "first w");
      d("resist_v", resist_v, "resistance that scales the current j", non_negative, unit::MOhm,
        Alias{"resist_m"});
      d("post_spike_reset", post_spike_reset, "spikes reset v and w");
      describe_integrator(d, integration_type, "method that integrates w, then v");
      describe_batch(d, batch_size);
    }
  };

  RAFCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Oscillator;
  Stage dynamics();

  Params p_;
  struct Constants {
    float t, dt;
    float rate_v, rate_w, resist_v, thr, omega, dampen_factor;  // 1/tau_v, 1/tau_w
    float v_reset, w_reset;
  } k_{};

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  // clang-format on
};
PLEXUS_REGISTER(RAFCell);

}  // namespace plexus

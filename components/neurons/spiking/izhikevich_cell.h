#pragma once

#include <string>
#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/recovery_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Izhikevich's cell. See `about`.
class IzhikevichCell final : public RecoveryCell {
 public:
  static constexpr std::string_view type_name = "IzhikevichCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Izhikevich's simple model of a spiking cell, which fires in the ways of many cortical ones.

  s = 1 where v > v_thr, else 0, by the v before the step
  tau_m dv/dt = 0.04 v² + 5 v + 140 - w + resist_m j
  tau_w dw/dt = coupling_factor v - w
  where s: v = v_reset, w = (w before the step) + w_reset

A spike is seen one step after v crossed, when v may have gone far beyond. Each variable is
integrated with the other held still, at its value before the step.

In the paper's letters: a = 1/tau_w, b = coupling_factor, c = v_reset, d = w_reset, an increment
despite its name. The defaults are regular spiking; others over them:

  intrinsically bursting  v_reset -55, w_reset 4
  chattering              v_reset -50, w_reset 2
  fast spiking            tau_w 10
  low-threshold spiking   tau_w 10, coupling_factor 0.25, w_reset 2
  resonator               tau_w 10, coupling_factor 0.26

Izhikevich (2003), IEEE Trans. Neural Networks 14:1569–1572.)";

  struct Params {
    int n_units = required;
    float tau_m = 1;
    float resist_m = 1;
    float v_thr = 30;
    float v_reset = -65;
    float tau_w = 50;
    float w_reset = 8;
    float coupling_factor = 0.2F;
    float v0 = -65;
    float w0 = -14;
    std::string integration_type = "euler";
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v", positive, unit::ms);
      d("resist_m", resist_m, "resistance that scales the current j", non_negative, unit::MOhm);
      d("v_thr", v_thr, "threshold", unit::mV);
      d("v_reset", v_reset, "voltage after a spike", unit::mV);
      d("tau_w", tau_w, "time constant of recovery w", positive, unit::ms);
      d("w_reset", w_reset, "increment of w by a spike");
      d("coupling_factor", coupling_factor, "coupling of w to v");
      d("v0", v0, "first v", unit::mV);
      d("w0", w0, "first w");
      describe_integrator(d, integration_type, "method that integrates v and w");
      describe_batch(d, batch_size);
    }
  };

  IzhikevichCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  Stage dynamics();

  Params p_;
  struct Constants {
    float t, dt;
    float rate_v, rate_w, resist_m, v_thr, v_reset, w_reset, coupling;  // 1/tau_m, 1/tau_w
  } k_{};

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  // clang-format on
};
PLEXUS_REGISTER(IzhikevichCell);

}  // namespace plexus

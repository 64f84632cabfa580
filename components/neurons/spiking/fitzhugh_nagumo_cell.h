#pragma once

#include <string>
#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/recovery_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// FitzHugh–Nagumo cell. See `about`.
class FitzhughNagumoCell final : public RecoveryCell {
 public:
  static constexpr std::string_view type_name = "FitzhughNagumoCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
FitzHugh–Nagumo cell: two equations that keep what is essential of an action potential.

  tau_m dv/dt = v - v³/gamma - w + resist_m j
  tau_w dw/dt = v + alpha - beta w
  s = 1 where v > v_thr, else 0
  where s: v = v0, w = w0      (spike_reset)

s stays 1 for as long as v is above v_thr; with edge_spikes it is 1 in the step alone in which v
gets there. Each variable is integrated with the other held still, at its value before the step.

FitzHugh (1961), Biophys. J. 1:445–466. Nagumo, Arimoto & Yoshizawa (1962), Proc. IRE 50:2061–2070.)";

  struct Params {
    int n_units = required;
    float tau_m = 1;
    float resist_m = 1;
    float tau_w = 12.5F;
    float alpha = 0.7F;
    float beta = 0.8F;
    float gamma = 3;
    float v0 = 0;
    float w0 = 0;
    float v_thr = 1.07F;
    bool spike_reset = false;
    std::string integration_type = "euler";
    bool edge_spikes = false;
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v", positive, unit::ms);
      d("resist_m", resist_m, "resistance that scales the current j", non_negative);
      d("tau_w", tau_w, "time constant of recovery w", positive, unit::ms);
      d("alpha", alpha, "drive of w");
      d("beta", beta, "leak of w");
      d("gamma", gamma, "divisor of v³; not 0");
      d("v0", v0, "first v");
      d("w0", w0, "first w");
      d("v_thr", v_thr, "threshold");
      d("spike_reset", spike_reset, "spikes set v and w back to their first values");
      describe_integrator(d, integration_type, "method that integrates v and w");
      d("edge_spikes", edge_spikes, "a unit spikes only in the step in which it crosses v_thr");
      describe_batch(d, batch_size);
    }
  };

  /// Throws Error (config) for a gamma of 0.
  FitzhughNagumoCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  Stage dynamics();

  Params p_;
  struct Constants {
    float t, dt;
    float rate_v, rate_w, resist_m, alpha, beta, gamma;  // 1/tau_m, 1/tau_w
    float v_thr, v_below, v0, w0;                        // a spike starts from v_below or less
  } k_{};

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  // clang-format on
};
PLEXUS_REGISTER(FitzhughNagumoCell);

}  // namespace plexus

#pragma once

#include <string>
#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/recovery_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Adaptive exponential integrate-and-fire cell. See `about`.
class AdExCell final : public RecoveryCell {
 public:
  static constexpr std::string_view type_name = "AdExCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Adaptive exponential integrate-and-fire cell: the voltage runs away exponentially above
intrinsic_mem_thr, and recovery w holds it back.

  tau_m dv/dt = -(v - v_rest) + v_sharpness exp((v - intrinsic_mem_thr)/v_sharpness)
                - resist_m w + resist_m j
  tau_w dw/dt = -w + a (v - v_rest)
  s = 1 where v > thr, else 0
  where s: v = v_reset, w = w + b

Each variable is integrated with the other held still, at its value before the step.

Brette & Gerstner (2005), J. Neurophysiol. 94:3637–3642.)";

  struct Params {
    int n_units = required;
    float tau_m = 15;
    float resist_m = 1;
    float tau_w = 400;
    float v_sharpness = 2;
    float intrinsic_mem_thr = -55;
    float thr = 5;
    float v_rest = -72;
    float v_reset = -75;
    float a = 0.1F;
    float b = 0.75F;
    float v0 = -70;
    float w0 = 0;
    std::string integration_type = "euler";
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v", positive, unit::ms);
      d("resist_m", resist_m, "resistance that scales the current j and recovery w", non_negative,
        unit::MOhm);
      d("tau_w", tau_w, "time constant of recovery w", positive, unit::ms);
      d("v_sharpness", v_sharpness, "width of the range in which v starts to run away", positive,
        unit::mV);
      d("intrinsic_mem_thr", intrinsic_mem_thr, "voltage above which v runs away", unit::mV);
      d("thr", thr, "threshold", unit::mV, Alias{"v_thr"});
      d("v_rest", v_rest, "voltage at rest", unit::mV);
      d("v_reset", v_reset, "voltage after a spike", unit::mV);
      d("a", a, "coupling of w to v");
      d("b", b, "increment of w by a spike");
      d("v0", v0, "first v", unit::mV);
      d("w0", w0, "first w");
      describe_integrator(d, integration_type, "method that integrates v and w");
      describe_batch(d, batch_size);
    }
  };

  AdExCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  Stage dynamics();

  Params p_;
  struct Constants {
    float t, dt;
    float rate_v, rate_w, resist_m, sharpness, intrinsic_thr;  // 1/tau_m, 1/tau_w
    float thr, v_rest, v_reset, a, b;
  } k_{};

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  // clang-format on
};
PLEXUS_REGISTER(AdExCell);

}  // namespace plexus

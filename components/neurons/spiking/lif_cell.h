#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/neurons/spiking/homeostatic_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Leaky integrate-and-fire cell with a homeostatic threshold. See `about`.
class LIFCell final : public HomeostaticCell {
 public:
  static constexpr std::string_view type_name = "LIFCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Leaky integrate-and-fire cell whose threshold rises with each spike and sinks between them.

  tau_m dv/dt = conduct_leak (v_rest - v) + resist_m j m,  m = 1 where rfr >= refract_time, else 0
  s_raw = 1 where v > thr + thr_theta, else 0
  where s_raw: v = v_reset, rfr = 0;  elsewhere: rfr grows by dt
  thr_theta' = thr_theta exp(-dt/tau_theta) + s_raw theta_plus      (tau_theta > 0)
  surrogate  = g(v, thr + thr_theta) resist_m dt/tau_m,  before reset and adaptation

Only the current is held back during the refractory time; the leak goes on. g stands for the
derivative of the spike: surrogate_type names it, arctan with alpha 0.2 by default. (secant_lif is
a function of the current resist_m j, and taken as it is.)

s is what the cell emits: s_raw, or with one_spike at most one spike a sample, of a unit drawn from
those that crossed, or with max_one_spike that of the unit whose voltage was largest before the
step, if it crossed. The others are reset, refractory and adapt all the same. tols is the time t of
the last spike emitted. A reset keeps thr_theta: homeostasis outlives a sample.

Adaptive threshold with one spike as in Diehl & Cook (2015), Front. Comput. Neurosci. 9:99.)";

  struct Params {
    int n_units = required;
    Numbers tau_m = required;
    PLEXUS_MEMBRANE_PARAMETERS;
    float conduct_leak = 1;
    PLEXUS_HOMEOSTASIS_PARAMETERS;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v, of all units or of each", positive,
        unit::ms, Example{"20.0"});
      describe_membrane(d, *this, "threshold before adaptation");
      d("conduct_leak", conduct_leak, "factor of the leak; 0 integrates without one", non_negative);
      describe_homeostasis(d, *this);
    }
  };

  /// Throws Error (shape) for a tau_m that is neither one number nor one a unit.
  LIFCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  struct Slope;
  std::vector<Stage> dynamics();

  struct Constants : HomeostaticCell::Constants {
    float conduct_leak;
    float charge;  // resist_m dt
  } k_{};
  float conduct_leak_;

 public:
  // clang-format off
  Compartment v_before  {*this, "v_before",   Role::internal, {B, units}, "voltage before spikes reset it", {.unit = "mV", .auto_save = false}};
  Compartment thr_before{*this, "thr_before", Role::internal, {B, units}, "threshold before spikes raise it", {.unit = "mV", .auto_save = false}};
  // clang-format on

  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
};
PLEXUS_REGISTER(LIFCell);

}  // namespace plexus

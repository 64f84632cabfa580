#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/math/ode.h"
#include "plexus/components/math/surrogate.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Leaky integrate-and-fire cell with a homeostatic threshold. See `about`.
class LIFCell final : public Component {
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
    float resist_m = 1;
    float thr = -52;
    float v_rest = -65;
    float v_reset = -60;
    float conduct_leak = 1;
    float tau_theta = 1e7F;
    float theta_plus = 0.05F;
    float refract_time = 5;
    bool one_spike = false;
    std::string integration_type = "euler";
    std::string surrogate_type = "arctan";
    std::optional<float> v_min = {};
    bool max_one_spike = false;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("tau_m", tau_m, "time constant of the voltage v, of all units or of each", positive,
        unit::ms, Example{"20.0"});
      d("resist_m", resist_m, "resistance that scales the current j", positive, unit::MOhm);
      d("thr", thr, "threshold before adaptation", unit::mV);
      d("v_rest", v_rest, "voltage at rest, and at first", unit::mV);
      d("v_reset", v_reset, "voltage after a spike", unit::mV);
      d("conduct_leak", conduct_leak, "factor of the leak; 0 integrates without one", non_negative);
      d("tau_theta", tau_theta, "time constant of thr_theta; 0 or less turns adaptation off",
        unit::ms);
      d("theta_plus", theta_plus, "increment of thr_theta by a spike", non_negative, unit::mV);
      d("refract_time", refract_time, "time after a spike without current", non_negative, unit::ms);
      d("one_spike", one_spike, "at most one unit a sample emits its spike, drawn at random");
      d("integration_type", integration_type, "method that integrates v",
        OneOf{math::integrator_words()});
      d("surrogate_type", surrogate_type, "stand-in for the derivative of a spike",
        OneOf{math::surrogate_words()});
      d("v_min", v_min, "least voltage; null for none", unit::mV);
      d("max_one_spike", max_one_spike,
        "only the unit with the largest voltage before the step may emit a spike; overrides "
        "one_spike");
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error (shape) for a tau_m that is neither one number nor one a unit.
  LIFCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  struct Clock;
  struct Threshold;
  std::vector<Stage> dynamics();
  void note_leader(const Step& step);
  void keep_leader(const Step& step);
  void keep_one(const Step& step);

  Params p_;
  struct Constants {
    float t, dt;
    float resist_m, thr, v_rest, v_reset, v_min, conduct_leak, refract_time;
    float theta_kept, theta_plus;  // theta_kept = exp(-dt/tau_theta)
    float charge;                  // resist_m dt
  } k_{};

 public:
  // clang-format off
  const Dim n{p_.n_units, "n_units"};

  Compartment j        {*this, "j",         Role::input,  {B, n}, "current", {.unit = "mA"}};
  Compartment v        {*this, "v",         Role::state,  {B, n}, "voltage", {.initial = p_.v_rest, .unit = "mV"}};
  Compartment s        {*this, "s",         Role::output, {B, n}, "spikes that are emitted", {.spikes = true}};
  Compartment s_raw    {*this, "s_raw",     Role::output, {B, n}, "spikes before one is chosen", {.spikes = true}};
  Compartment rfr      {*this, "rfr",       Role::state,  {B, n}, "time since the last spike", {.initial = p_.refract_time, .unit = "ms"}};
  Compartment thr_theta{*this, "thr_theta", Role::state,  {B, n}, "adaptive part of the threshold", {.unit = "mV"}};
  Compartment tols     {*this, "tols",      Role::output, {B, n}, "time of the last spike emitted; 0 before the first", {.unit = "ms"}};
  Compartment surrogate{*this, "surrogate", Role::output, {B, n}, "stand-in for the derivative of s by j", {.initial = 1}};
  Compartment v_thr    {*this, "v_thr",     Role::output, {B, n}, "threshold, thr + thr_theta", {.initial = p_.thr, .unit = "mV"}};

  Compartment rate     {*this, "rate",      Role::internal, {1, n}, "1/tau_m", {.auto_save = false}};
  Compartment leader   {*this, "leader",    Role::internal, {B, 1}, "unit with the largest voltage before the step", {.auto_save = false}};

  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  Method reset        {*this, "reset", clears(j, v, s, s_raw, rfr, tols, surrogate),
    each_unit<Threshold>(k_, reads(thr_theta), writes(v_thr))};
  // clang-format on
};
PLEXUS_REGISTER(LIFCell);

}  // namespace plexus

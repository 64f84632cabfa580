#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/neurons/spiking/competing_cell.h"
#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Simplified leaky integrate-and-fire cell with a surrogate of its rate. See `about`.
class SLIFCell final : public CompetingCell {
 public:
  static constexpr std::string_view type_name = "SLIFCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Simplified leaky integrate-and-fire cell around 0 mV, with adaptive thresholds and, if wanted,
lateral inhibition and sticky spikes.

  I_c = resist_m j_c - resist_inh Σ_r s_r inh_weights_rc,  s of the step before      (resist_inh > 0)
  tau_m dv/dt = -v + I,  while rfr >= refract_time
  s = 1 where v > thr, else 0
  where s: v = 0, rfr = dt;  elsewhere: rfr grows by dt
  thr' = thr + thr_gain s - thr_leak thr,  or with rho_b > 0
  thr' = max(thr + rho_b (Σ s - 1), 0.025),  Σ over the units of a sample
  surrogate = sech(0.08 I) where I > 0, else 0

v stands still during the refractory time, and with sticky_spikes s stays 1 for as long. The weights
of inhibition are drawn between 0.025 and 1, none of a unit to itself; the thresholds start within
thr_jitter of thr, at `threshold`, and a reset puts them back there unless thr_persist.

j_eff is I. As in ngc-learn, a j that is not wired becomes I too: set once, it grows with resist_m.

Samadi, Lillicrap & Tweed (2017), Neural Comput. 29:578–602.)";

  struct Params {
    int n_units = required;
    float tau_m = required;
    float resist_m = required;
    float thr = required;
    float resist_inh = 0;
    bool thr_persist = false;
    float thr_gain = 0;
    float thr_leak = 0;
    float rho_b = 0;
    float refract_time = 0;
    bool sticky_spikes = false;
    float thr_jitter = 0.05F;
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v", positive, unit::ms, Example{"50.0"});
      d("resist_m", resist_m, "resistance that scales the current j", non_negative, unit::MOhm);
      d("thr", thr, "threshold before jitter and adaptation", unit::mV, Example{"0.3"});
      d("resist_inh", resist_inh, "strength of lateral inhibition; 0 or less turns it off",
        unit::MOhm);
      d("thr_persist", thr_persist, "a reset keeps the adapted thresholds");
      d("thr_gain", thr_gain, "increment of a threshold by a spike", non_negative, unit::mV);
      d("thr_leak", thr_leak, "share of a threshold that is lost in a step", non_negative);
      d("rho_b", rho_b,
        "gain of thresholds that aim at one spike a sample, instead of thr_gain and thr_leak; 0 or "
        "less turns it off");
      d("refract_time", refract_time, "time after a spike in which v stands still", non_negative,
        unit::ms);
      d("sticky_spikes", sticky_spikes, "s stays 1 during the refractory time");
      d("thr_jitter", thr_jitter, "largest distance of the first thresholds from thr", non_negative,
        unit::mV);
      describe_batch(d, batch_size);
    }
  };

  SLIFCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  struct Restore;
  std::vector<Stage> dynamics();
  std::vector<Stage> restoring();
  void adapt(const Step& step);
  [[nodiscard]] bool inhibits() const noexcept { return p_.resist_inh > 0; }
  [[nodiscard]] bool aims() const noexcept { return p_.rho_b > 0; }

  Params p_;
  struct Constants {
    float t, dt;
    float rate, resist_m, resist_inh, refract_time, thr_gain, thr_leak;  // rate = 1/tau_m
  } k_{};

 public:
  // clang-format off
  Compartment j_eff    {*this, "j_eff",     Role::output, {B, units}, "current I through the membrane", {.unit = "mA"}};
  Compartment surrogate{*this, "surrogate", Role::output, {B, units}, "stand-in for the derivative of s by I", {.initial = 1}};
  Compartment threshold{*this, "threshold", Role::parameter, {1, units}, "first thresholds", {.unit = "mV"}};
  Compartment inh_weights{*this, "inh_weights", Role::parameter, inhibits() ? Dims{units, units} : Dims{0, 0}, "efficacies of lateral inhibition"};

  Compartment inhibition{*this, "inhibition", Role::internal, inhibits() ? Dims{B, units} : Dims{0}, "lateral inhibition", {.auto_save = false}};
  Compartment crossed  {*this, "crossed",   Role::internal, {B, units}, "spikes that do not stick", {.auto_save = false, .spikes = true}};

  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  Method reset        {*this, "reset", extends(CompetingCell::reset), clears(j_eff, surrogate), restoring()};
  // clang-format on
};
PLEXUS_REGISTER(SLIFCell);

}  // namespace plexus

#pragma once

#include <string>
#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/spiking_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Hodgkin and Huxley's cell. See `about`.
class HodgkinHuxleyCell final : public SpikingCell {
 public:
  static constexpr std::string_view type_name = "HodgkinHuxleyCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Hodgkin and Huxley's cell: ion currents through gates that open and close with the voltage, which
counts from the resting potential.

  tau_v dv/dt = resist_m j - g_Na m³ h (v - v_Na) - g_K n⁴ (v - v_K) - g_L (v - v_L)
  dx/dt = α_x (1 - x) - β_x x,  for x = n, m, h
  s = 1 where v > thr, else 0
  where s: v = v_reset, x = α_x/(α_x + β_x) at v_reset      (spike_reset)

  α_n = 0.01 (10 - v)/(exp((10 - v)/10) - 1),  β_n = 0.125 exp(-v/80)
  α_m = 0.1  (25 - v)/(exp((25 - v)/10) - 1),  β_m = 4 exp(-v/18)
  α_h = 0.07 exp(-v/20),                       β_h = 1/(exp((30 - v)/10) + 1)

s stays 1 for as long as v is above thr. Each variable is integrated with the others held still, at
their values before the step, so that all four together are of first order whatever the integrator.
The gates start at their steady state at 0 mV, and a reset puts them there. With the default
conductances the cell fires without a current; with Hodgkin and Huxley's own, v_K -12, g_Na 120 and
g_K 36, it rests.

Hodgkin & Huxley (1952), J. Physiol. 117:500–544. Kistler, Gerstner & van Hemmen (1997), Neural
Comput. 9:1015–1045.)";

  struct Params {
    int n_units = required;
    float tau_v = required;
    float resist_m = 1;
    float v_Na = 115;
    float v_K = -35;
    float v_L = 10.6F;
    float g_Na = 100;
    float g_K = 5;
    float g_L = 0.3F;
    float thr = 4;
    bool spike_reset = false;
    float v_reset = 0;
    std::string integration_type = "euler";
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_v", tau_v, "time constant of the voltage v, in the place of a capacitance", positive,
        unit::ms, Example{"1.0"});
      d("resist_m", resist_m, "resistance that scales the current j", non_negative, unit::MOhm);
      d("v_Na", v_Na, "reversal potential of sodium", unit::mV);
      d("v_K", v_K, "reversal potential of potassium", unit::mV);
      d("v_L", v_L, "reversal potential of the leak", unit::mV);
      d("g_Na", g_Na, "conductance of sodium", non_negative, Unit{"mS/cm²"});
      d("g_K", g_K, "conductance of potassium", non_negative, Unit{"mS/cm²"});
      d("g_L", g_L, "conductance of the leak", non_negative, Unit{"mS/cm²"});
      d("thr", thr, "threshold", unit::mV);
      d("spike_reset", spike_reset, "spikes reset v and the gates");
      d("v_reset", v_reset, "voltage after a spike", unit::mV);
      describe_integrator(d, integration_type, "method that integrates v and the gates");
      describe_batch(d, batch_size);
    }
  };

  HodgkinHuxleyCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  Stage dynamics();

  struct Gates {
    float n, m, h;
  };
  /// Where the gates settle at a constant voltage.
  static Gates steady(float voltage);

  Params p_;
  struct Constants {
    float t, dt;
    float rate, resist_m, v_Na, v_K, v_L, g_Na, g_K, g_L, thr, v_reset;  // rate = 1/tau_v
    Gates at_reset;
  } k_{};

 public:
  // clang-format off
  Compartment n{*this, "n", Role::state, {B, units}, "activation of potassium", {.initial = steady(0).n}};
  Compartment m{*this, "m", Role::state, {B, units}, "activation of sodium", {.initial = steady(0).m}};
  Compartment h{*this, "h", Role::state, {B, units}, "inactivation of sodium", {.initial = steady(0).h}};

  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  Method reset        {*this, "reset", extends(SpikingCell::reset), clears(n, m, h)};
  // clang-format on
};
PLEXUS_REGISTER(HodgkinHuxleyCell);

}  // namespace plexus

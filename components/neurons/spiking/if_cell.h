#pragma once

#include <string>
#include <string_view>

#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/refractory_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Integrate-and-fire cell without a leak. See `about`.
class IFCell final : public RefractoryCell {
 public:
  static constexpr std::string_view type_name = "IFCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Integrate-and-fire cell without a leak: its voltage sums up its current.

  tau_m dv/dt = resist_m j m,  m = 1 where rfr >= refract_time, else 0
  s = 1 where v > thr, else 0
  where s: v = v_reset, rfr = 0;  elsewhere: rfr grows by dt
  then v = max(v, v_rest)      (lower_clamp_voltage)

The voltage stands still during the refractory time. The cell has no surrogate: surrogate_type is
there for ngc-learn's sake, which ignores it too.

Lapicque (1907), J. Physiol. Pathol. Gen. 9:620–635. Abbott (1999), Brain Res. Bull. 50:303–304.)";

  struct Params {
    int n_units = required;
    float tau_m = required;
    PLEXUS_MEMBRANE_PARAMETERS;
    float refract_time = 0;
    std::string integration_type = "euler";
    std::string surrogate_type = "straight_through";
    bool lower_clamp_voltage = true;
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v", positive, unit::ms, Example{"20.0"});
      describe_membrane(d, *this);
      d("refract_time", refract_time, "time after a spike without current", non_negative, unit::ms);
      describe_integrator(d, integration_type, "method that integrates v");
      d("surrogate_type", surrogate_type, "without effect", OneOf{math::surrogate_words()});
      d("lower_clamp_voltage", lower_clamp_voltage, "v stays at v_rest or above");
      describe_batch(d, batch_size);
      d.retired("thr_jitter");
    }
  };

  IFCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  Stage dynamics();

  Params p_;
  struct Constants {
    float t, dt;
    float rate, resist_m, thr, v_reset, v_min, refract_time;  // rate = 1/tau_m
  } k_{};

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  // clang-format on
};
PLEXUS_REGISTER(IFCell);

}  // namespace plexus

#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/neurons/spiking/homeostatic_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Quadratic integrate-and-fire cell with a homeostatic threshold. See `about`.
class QuadLIFCell final : public HomeostaticCell {
 public:
  static constexpr std::string_view type_name = "QuadLIFCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Quadratic integrate-and-fire cell whose threshold rises with each spike and sinks between them.

  tau_m dv/dt = a0 (v_rest - v) (v - v_c) + resist_m j m,  m = 1 where rfr >= refract_time, else 0
  s_raw = 1 where v > thr + thr_theta, else 0
  where s_raw: v = v_reset, rfr = 0;  elsewhere: rfr grows by dt
  thr_theta' = thr_theta exp(-dt/tau_theta) + s_raw theta_plus      (tau_theta > 0)

The parameters' names mislead: v_scale is the critical voltage v_c, and critical_v the scale a0. As
ngc-learn has it, v_c is where the voltage settles without a current, and v_rest where it does not
stay: below it falls without end, above it climbs to v_c, and fires where thr lies lower. With
`textbook` the sign is that of the literature, a0 (v - v_rest) (v - v_c): the cell rests at v_rest,
and above v_c fires by itself.

What it emits, adaptation and reset are those of LIFCell: `plexus describe LIFCell`. surrogate stays
1, whatever surrogate_type.

Ermentrout & Kopell (1986), SIAM J. Appl. Math. 46:233–253. Latham et al. (2000), J. Neurophysiol.
83:808–827.)";

  struct Params {
    int n_units = required;
    Numbers tau_m = required;
    PLEXUS_MEMBRANE_PARAMETERS;
    float v_scale = -41.6F;
    float critical_v = 1;
    bool textbook = false;
    PLEXUS_HOMEOSTASIS_PARAMETERS;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant of the voltage v, of all units or of each", positive,
        unit::ms, Example{"20.0"});
      describe_membrane(d, *this, "threshold before adaptation");
      d("v_scale", v_scale, "critical voltage v_c", unit::mV, Alias{"v_c"});
      d("critical_v", critical_v, "scale a0 of the quadratic", Alias{"critical_V"}, Alias{"a0"});
      d("textbook", textbook, "the quadratic has the literature's sign, not ngc-learn's");
      describe_homeostasis(d, *this);
      d.retired("thr_jitter");
    }
  };

  /// Throws Error (shape) for a tau_m that is neither one number nor one a unit.
  QuadLIFCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  std::vector<Stage> dynamics();

  struct Constants : HomeostaticCell::Constants {
    float v_c, a0;
  } k_{};
  float v_c_, a0_;

 public:
  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
};
PLEXUS_REGISTER(QuadLIFCell);

}  // namespace plexus

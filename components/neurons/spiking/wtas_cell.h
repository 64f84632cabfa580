#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/neurons/spiking/competing_cell.h"
#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Winner-take-all spiking cell. See `about`.
class WTASCell final : public CompetingCell {
 public:
  static constexpr std::string_view type_name = "WTASCell";
  static constexpr std::string_view family = "neurons/spiking";
  static constexpr std::string_view about = R"(
Winner-take-all spiking cell: the units of a sample compete by a softmax, and those spike that win
more than their threshold.

  v = resist_m j m,  m = 1 where rfr >= refract_time, else 0
  s = 1 where exp(v)/Σ exp(v) > thr, else 0
  where s: rfr = dt;  elsewhere: rfr grows by dt
  thr' = max(thr + thr_gain (Σ s - 1), 0.025),  Σ over the units of a sample

The thresholds aim at one spike a sample, but several units may win where they are below 1/2. A
refractory unit takes part with a voltage of 0 and may spike. The thresholds start within thr_jitter
of thr_base, at random; a reset keeps them.

Tavanaei, Masquelier & Maida (2018), Neural Networks 105:294–303.)";

  struct Params {
    int n_units = required;
    float tau_m = required;
    float resist_m = 1;
    float thr_base = 0.4F;
    float thr_gain = 0.002F;
    float refract_time = 0;
    float thr_jitter = 0.05F;
    int batch_size = 1;

    void describe(Parameters& d) {
      describe_units(d, n_units);
      d("tau_m", tau_m, "time constant, without effect: v has no memory", positive, unit::ms,
        Example{"20.0"});
      d("resist_m", resist_m, "resistance that scales the current j", non_negative, unit::MOhm);
      d("thr_base", thr_base, "probability that a unit must win, before jitter and adaptation",
        Range{0, 1, true, true}, Alias{"thrBase"});
      d("thr_gain", thr_gain, "change of the thresholds for a spike too many, or none",
        non_negative);
      d("refract_time", refract_time, "time after a spike without current", non_negative, unit::ms);
      d("thr_jitter", thr_jitter, "largest distance of the first thresholds from thr_base",
        non_negative);
      describe_batch(d, batch_size);
    }
  };

  WTASCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Potential;
  struct Choice;
  std::vector<Stage> dynamics();
  void compete(const Step& step);
  void adapt(const Step& step);

  Params p_;
  struct Constants {
    float t, dt, resist_m, refract_time;
  } k_{};

 public:
  // clang-format off
  Compartment p  {*this, "p",   Role::internal, {B, units}, "probability that a unit wins", {.auto_save = false}};

  Method advance_state{*this, "advance_state", takes("t", "dt"), dynamics()};
  // clang-format on
};
PLEXUS_REGISTER(WTASCell);

}  // namespace plexus

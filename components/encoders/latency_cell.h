#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/encoders/spike_encoder.h"
#include "plexus/core/registry.h"

namespace plexus {

/// One spike a unit, the earlier the larger its input. See `about`.
class LatencyCell final : public SpikeEncoder {
 public:
  static constexpr std::string_view type_name = "LatencyCell";
  static constexpr std::string_view family = "encoders";
  static constexpr std::string_view about = R"(
Encoder of one spike a unit, whose delay falls with the unit's input x. Run calc_spike_times once
the inputs are set, then the steps.

calc_spike_times, with T = tau, or num_steps - 1 - first_spike_time if normalize is set:
  linearize:   targ = min(T (1 - x), T (1 - threshold)) + first_spike_time
  logarithmic: targ = tau ln(d/(d - threshold)) + first_spike_time,  d = max(x, threshold + 1e-7)
               normalize stretches these times from first_spike_time to num_steps - 1; the latest of
               all units and samples is the last
  clip_mask = 1 where x < threshold, if clip_spikes is set, else 0

advance_state: a unit fires in the first step with round(targ) <= t, halves to the even number.
  outputs = 1 where a unit fires and clip_mask is 0;  tols = t where a unit fires, clipped or not
  mask    = 1 once a unit has fired

Without calc_spike_times after a reset all units fire at once.)";

  struct Params {
    int n_units = required;
    float tau = 1;
    float threshold = 0.01F;
    float first_spike_time = 0;
    bool linearize = false;
    bool normalize = false;
    bool clip_spikes = false;
    float num_steps = 1;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("tau", tau, "time constant of the latency", positive, unit::ms);
      d("threshold", threshold, "inputs below it take the latest time", non_negative);
      d("first_spike_time", first_spike_time, "least latency", non_negative, unit::ms);
      d("linearize", linearize, "the code is linear rather than logarithmic");
      d("normalize", normalize, "latencies are stretched to num_steps");
      d("clip_spikes", clip_spikes, "inputs below the threshold emit no spikes");
      d("num_steps", num_steps, "number of steps that normalized latencies span", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error (config) if latencies shall be stretched to fewer steps than go by before the
  /// first spike.
  LatencyCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Latency;
  struct Fire;
  std::vector<Stage> encoding();
  void stretch(const Step& step);
  [[nodiscard]] float span() const { return p_.num_steps - p_.first_spike_time - 1; }

  Params p_;
  struct Constants {
    float t;
    float tau, threshold, first;
    float latest;  // of the linear code, after first
    float least;   // input of the logarithmic code
  } k_{};

 public:
  // clang-format off
  Compartment mask        {*this, "mask",         Role::state, {B, n}, "1 once a unit has fired"};
  Compartment clip_mask   {*this, "clip_mask",    Role::state, {B, n}, "1 where spikes are suppressed"};
  Compartment targ_sp_times{*this, "targ_sp_times", Role::state, {B, n}, "time of each unit's spike", {.unit = "ms"}};

  Method calc_spike_times{*this, "calc_spike_times", encoding()};
  Method advance_state   {*this, "advance_state", takes("t"),
    each_unit<Fire>(k_, reads(targ_sp_times, clip_mask), updates(mask, tols), writes(outputs))};
  Method reset           {*this, "reset", extends(SpikeEncoder::reset), clears(mask, clip_mask, targ_sp_times)};
  // clang-format on
};
PLEXUS_REGISTER(LatencyCell);

}  // namespace plexus

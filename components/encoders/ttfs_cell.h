#pragma once

#include <string>
#include <string_view>

#include "plexus/components/encoders/spike_encoder.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Time-to-first-spike encoder. See `about`.
class TTFSCell final : public SpikeEncoder {
 public:
  static constexpr std::string_view type_name = "TTFSCell";
  static constexpr std::string_view family = "encoders";
  static constexpr std::string_view about = R"(
Encoder of one spike a unit and presentation, the earlier the larger the unit's input, which is
taken within [1e-7, 1]. A presentation begins with step 0, where step = round(t/dt); that step
alone looks at the inputs x.

  exponential: target = round((num_steps - 1) (exp(-x) - exp(-1)) / (exp(-1e-7) - exp(-1)))
  logarithmic: target = round((num_steps - 1) (-ln x)/M),  M the largest -ln x of all units and
               samples, at least -ln 0.01
  outputs = 1 where step = target, unless the unit has fired or is refractory, else 0

A spike sets refractory_counter to tau_ref; it falls by 1 a step to 0. Without a step 0 after a
reset all targets are 0, and later steps are silent. tols is the time t of each unit's last spike.)";

  struct Params {
    int n_units = required;
    int num_steps = 100;
    float tau_ref = 5;
    std::string latency_mode = "exponential";
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("num_steps", num_steps, "number of steps that the targets span", positive);
      d("tau_ref", tau_ref, "number of refractory steps after a spike", non_negative);
      d("latency_mode", latency_mode, "how inputs become delays",
        OneOf{{"exponential", "logarithmic"}});
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  TTFSCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Fire;
  void present(const Step& step);
  void encode_exponentially(std::span<float> targets) const;
  void encode_logarithmically(std::span<float> targets) const;

  Params p_;
  struct Constants {
    float t;
    float dt, tau_ref;
  } k_{};

 public:
  // clang-format off
  Compartment has_fired         {*this, "has_fired",          Role::state, {B, n}, "1 once a unit has fired"};
  Compartment target_spike_times{*this, "target_spike_times", Role::state, {B, n}, "step of each unit's spike"};
  Compartment refractory_counter{*this, "refractory_counter", Role::state, {B, n}, "steps for which a unit is still refractory"};

  Method advance_state{*this, "advance_state", takes("t", "dt"),
    whole<&TTFSCell::present>(reads(inputs), updates(target_spike_times, has_fired, refractory_counter)),
    each_unit<Fire>(k_, reads(target_spike_times), updates(has_fired, refractory_counter, tols), writes(outputs))};
  Method reset        {*this, "reset", extends(SpikeEncoder::reset), clears(has_fired, target_spike_times, refractory_counter)};
  // clang-format on
};
PLEXUS_REGISTER(TTFSCell);

}  // namespace plexus

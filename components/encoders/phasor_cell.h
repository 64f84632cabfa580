#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/encoders/spike_encoder.h"
#include "plexus/core/registry.h"

namespace plexus {

/// A phase a unit, which turns with its input. See `about`.
class PhasorCell final : public SpikeEncoder {
 public:
  static constexpr std::string_view type_name = "PhasorCell";
  static constexpr std::string_view family = "encoders";
  static constexpr std::string_view about = R"(
Encoder that turns a phase for every unit, the faster the larger its input, and spikes with each
full turn: target_freq times a second, more or less, where the input is 1.

  angles' = angles + 2 pi target_freq dt/1000 (1 + 0.2 e) base_scale inputs
  outputs = 1 where angles' > 2 pi, which then loses 2 pi, else 0

e is standard normal, drawn anew in every step: a phase may go back. base_scale, drawn once for
every unit and sample, is a Poisson number of mean target_freq, over target_freq. A phase loses one
turn a step at most. With disable_phasor the outputs are the inputs, while the phases go on.
tols = tols (1 - outputs) + t outputs. A reset moves the key on.)";

  struct Params {
    int n_units = required;
    float target_freq = 63.75F;
    bool disable_phasor = false;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("target_freq", target_freq, "rate of a unit whose input is 1, on average", positive,
        unit::Hz);
      d("disable_phasor", disable_phasor, "hands the inputs on as they are");
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  PhasorCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Turn;
  void draw(const Step& step);
  void advance_key(const Step& step);

  Params p_;
  struct Constants {
    float t;
    float turn;  // of a step, in radians
  } k_{};

 public:
  // clang-format off
  Compartment angles    {*this, "angles",     Role::state,     {B, n}, "phases", {.unit = "rad"}};
  Compartment base_scale{*this, "base_scale", Role::parameter, {B, n}, "factor of each unit's speed"};
  Compartment noise     {*this, "noise",      Role::internal,  {B, n}, "noise e of the speeds", {.auto_save = false}};

  Method advance_state{*this, "advance_state", takes("t", "dt"),
    whole<&PhasorCell::draw>(updates(key), writes(noise)),
    each_unit<Turn>(k_, when(p_.disable_phasor), reads(inputs, base_scale, noise), updates(angles, tols), writes(outputs))};
  Method reset        {*this, "reset", extends(SpikeEncoder::reset), clears(angles), whole<&PhasorCell::advance_key>(updates(key))};
  // clang-format on
};
PLEXUS_REGISTER(PhasorCell);

}  // namespace plexus

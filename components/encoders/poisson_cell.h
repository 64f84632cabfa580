#pragma once

#include <string_view>

#include "plexus/components/encoders/spike_encoder.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Approximate Poisson spike trains. See `about`.
class PoissonCell final : public SpikeEncoder {
 public:
  static constexpr std::string_view type_name = "PoissonCell";
  static constexpr std::string_view family = "encoders";
  static constexpr std::string_view about = R"(
Encoder that approximates Poisson spike trains: a unit's rate is its input, an intensity from
0 to 1, times target_freq.

  outputs = 1 where u < inputs target_freq dt/1000, else 0;  u uniform in [0, 1), drawn anew in
  every step

Chances of 1 or more saturate at one spike a step. tols is the time t of each unit's last spike.)";

  struct Params {
    int n_units = required;
    float target_freq = 63.75F;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("target_freq", target_freq, "rate of a unit whose input is 1", positive, unit::Hz,
        Alias{"max_freq"});
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  PoissonCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Sample;

  Params p_;
  struct Constants {
    float t;
    float seconds, target_freq;  // dt in seconds
  } k_{};

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t", "dt"),
    each_unit<Sample>(k_, chances(key), reads(inputs), writes(outputs), updates(tols))};
  // clang-format on
};
PLEXUS_REGISTER(PoissonCell);

}  // namespace plexus

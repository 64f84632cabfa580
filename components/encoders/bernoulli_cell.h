#pragma once

#include <string_view>

#include "plexus/components/encoders/spike_encoder.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Spikes with given probabilities. See `about`.
class BernoulliCell final : public SpikeEncoder {
 public:
  static constexpr std::string_view type_name = "BernoulliCell";
  static constexpr std::string_view family = "encoders";
  static constexpr std::string_view about = R"(
Encoder that spikes with the probability which each input gives.

  outputs = 1 where u < inputs, else 0;  u uniform in [0, 1), drawn anew in every step

An input of 1 or more always spikes, one of 0 or less never. tols is the time t of each unit's
last spike.)";

  struct Params {
    int n_units = required;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  BernoulliCell(const Setup& setup, const Params& params);

 private:
  struct Sample;
  struct Constants {
    float t = 0;
  } k_;

 public:
  // clang-format off
  Method advance_state{*this, "advance_state", takes("t"),
    each_unit<Sample>(k_, chances(key), reads(inputs), writes(outputs), updates(tols))};
  // clang-format on
};
PLEXUS_REGISTER(BernoulliCell);

}  // namespace plexus

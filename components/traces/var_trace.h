#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Low-pass trace of a pulse train. See `about`.
class VarTrace final : public Component {
 public:
  static constexpr std::string_view type_name = "VarTrace";
  static constexpr std::string_view family = "traces";
  static constexpr std::string_view about = R"(
Low-pass trace of a pulse train: what is left of each unit's recent pulses.

  z' = gamma_tr z d + s a_delta                              a pulse adds (a_delta > 0)
  z' = gamma_tr z d (1 - s) + s P_scale                      a pulse sets (a_delta <= 0)
  z' = gamma_tr z d + s (a_delta - z / n_nearest_spikes)     a pulse adds what the trace leaves
                                                             (n_nearest_spikes > 0)

s is the inputs, z the trace, which the outputs repeat. decay_type exp: d = exp(-dt/tau_tr);
lin: d = 1 - dt/tau_tr, which is negative for steps longer than tau_tr; step: d = 0.)";

  struct Params {
    int n_units = required;
    float tau_tr = required;
    float a_delta = required;
    float P_scale = 1;
    float gamma_tr = 1;
    std::string decay_type = "exp";
    int n_nearest_spikes = 0;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("tau_tr", tau_tr, "time constant of the trace; 0: nothing is kept", unit::ms,
        Example{"20.0"});
      d("a_delta", a_delta, "increment by a pulse; 0 or less: a pulse sets the trace instead",
        Example{"0.1"});
      d("P_scale", P_scale, "value that a pulse sets the trace to");
      d("gamma_tr", gamma_tr, "factor of the trace in every step, besides its decay");
      d("decay_type", decay_type, "how the trace decays between pulses",
        OneOf{{"exp", "exponential", "lin", "linear", "step"}});
      d("n_nearest_spikes", n_nearest_spikes,
        "number of pulses at which the trace saturates; 0 or less turns this off");
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  VarTrace(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  enum class Pulse : std::uint8_t { adds, sets, saturates };
  [[nodiscard]] Pulse pulse() const;
  [[nodiscard]] float decay(float dt) const;
  struct Filter;

  Params p_;
  struct Constants {
    float kept;  // gamma_tr d
    float a_delta, peak, a_spike;
  } k_{};

 public:
  // clang-format off
  const Dim n{p_.n_units, "n_units"};

  Compartment inputs {*this, "inputs",  Role::input,  {B, n}, "pulses s"};
  Compartment outputs{*this, "outputs", Role::output, {B, n}, "the trace"};
  Compartment trace  {*this, "trace",   Role::state,  {B, n}, "trace z"};

  Method advance_state{*this, "advance_state", takes("dt"),
    each_unit<Filter>(k_, choose<3>(pulse()), reads(inputs), updates(trace), writes(outputs))};
  Method reset        {*this, "reset", clears(inputs, outputs, trace)};
  // clang-format on
};
PLEXUS_REGISTER(VarTrace);

}  // namespace plexus

#pragma once

#include <cstdint>
#include <string_view>

#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Exponential kernel over a window of pulse times. See `about`.
class ExpKernel final : public Component {
 public:
  static constexpr std::string_view type_name = "ExpKernel";
  static constexpr std::string_view family = "traces";
  static constexpr std::string_view about = R"(
Excitatory post-synaptic pulse: an exponential kernel over the times of the pulses of the last
nu/dt steps, as spike-response models have it.

  epsp = Σ_i exp(-(t - tf_i)/tau_w),  over the times tf_i > 0

tf is a window of nu/dt (rounded down) + 1 times, oldest first; a step enters inputs times t in its
last place but one, and what it drops comes last, where it does not count. So a time of 0 means
none: a pulse at t = 0 is not seen. Parameter dt sets the window's length alone.

Literature: Gerstner & Kistler (2002), "Spiking Neuron Models", Cambridge University Press.)";

  struct Params {
    int n_units = required;
    float dt = required;
    float tau_w = 500;
    float nu = 4;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("dt", dt, "step of the window", positive, unit::ms, Example{"1.0"});
      d("tau_w", tau_w, "time constant of the kernel", positive, unit::ms);
      d("nu", nu, "span of the window", non_negative, unit::ms);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  ExpKernel(const Setup& setup, const Params& params);

 private:
  [[nodiscard]] std::int64_t window() const;
  void enter(const Step& step);
  void respond(const Step& step);

  Params p_;

 public:
  // clang-format off
  const Dim n{p_.n_units, "n_units"};

  Compartment inputs{*this, "inputs", Role::input,  {B, n}, "pulses"};
  Compartment epsp  {*this, "epsp",   Role::output, {B, n}, "sum of the kernels"};
  Compartment tf    {*this, "tf",     Role::state,  {{window(), "W"}, B, n}, "times of the pulses; 0 for none", {.unit = "ms"}};

  Method advance_state{*this, "advance_state", takes("t"),
    whole<&ExpKernel::enter>(reads(inputs), updates(tf)),
    whole<&ExpKernel::respond>(reads(tf), writes(epsp))};
  Method reset        {*this, "reset", clears(inputs, epsp, tf)};
  // clang-format on
};
PLEXUS_REGISTER(ExpKernel);

}  // namespace plexus

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/math/activation.h"
#include "plexus/components/math/ode.h"
#include "plexus/components/neurons/population.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Noisy leaky rate cell. See `about`.
class LeakyNoiseCell final : public Component {
 public:
  static constexpr std::string_view type_name = "LeakyNoiseCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Leaky rate cell with noise before and after its activation function.

  tau_x dx/dt = -leak_scale x + j_recurrent + j_input + sqrt(2 tau_x) sigma_pre e
  r       = f(x) + sigma_post e
  r_prime = f'(x)

e is standard normal, drawn anew for each unit in every step and held still within it; its variance
does not follow dt. As in ngc-learn it is the same number in both places, unless independent_noise
is set. The noise may take rates below 0.

Literature: Song, Yang & Wang (2016), "Training excitatory-inhibitory recurrent neural networks for
cognitive tasks: a simple and flexible framework", PLoS Computational Biology (PMC4771709).)";

  struct Params {
    int n_units = required;
    float tau_x = required;
    std::string act_fx = "relu";
    std::string integration_type = "euler";
    float sigma_pre = 0.1F;
    float sigma_post = 0.1F;
    float leak_scale = 1;
    bool independent_noise = false;
    Shape shape = {};
    int batch_size = 1;

    void describe(Parameters& d);
  };

  /// Throws Error (config) for a shape without three axes or with other than n_units places;
  /// softmax, whose slope is a matrix; bkwta of fewer than 5 units.
  LeakyNoiseCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Membrane;
  struct Noise;
  void draw(const Step& step);
  void activate(const Step& step);

  Params p_;
  struct Constants {
    float dt, rate;  // rate = 1/tau_x
    float leak, noise_pre, noise_post;
  } k_{};
  const math::Activation& f_;
  Dims units_;

 public:
  // clang-format off
  Compartment j_input    {*this, "j_input",     Role::input,    units_, "current from outside", {.unit = "mA"}};
  Compartment j_recurrent{*this, "j_recurrent", Role::input,    units_, "current from the network itself", {.unit = "mA"}};
  Compartment x          {*this, "x",           Role::state,    units_, "state", {.unit = "mA"}};
  Compartment r          {*this, "r",           Role::output,   units_, "noisy rate"};
  Compartment r_prime    {*this, "r_prime",     Role::output,   units_, "slope f'(x)"};
  Compartment noise      {*this, "noise",       Role::internal, units_, "noise before f", {.auto_save = false}};
  Compartment noise_after{*this, "noise_after", Role::internal, p_.independent_noise ? units_ : Dims{0}, "noise after f", {.auto_save = false}};

  Method advance_state{*this, "advance_state", takes("dt"),
    whole<&LeakyNoiseCell::draw>(updates(key), writes(noise, noise_after)),
    each_unit<Membrane>(k_, choose<math::kIntegrators>(math::integrator(p_.integration_type)), reads(j_input, j_recurrent, noise), updates(x)),
    whole<&LeakyNoiseCell::activate>(reads(x), writes(r, r_prime)),
    each_unit<Noise>(k_, reads(p_.independent_noise ? noise_after : noise), updates(r))};
  Method reset        {*this, "reset", clears(j_input, j_recurrent, x, r, r_prime)};
  // clang-format on
};
PLEXUS_REGISTER(LeakyNoiseCell);

}  // namespace plexus

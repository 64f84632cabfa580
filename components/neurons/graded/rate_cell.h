#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/math/activation.h"
#include "plexus/components/math/ode.h"
#include "plexus/components/math/prior.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Leaky rate cell, the state unit of predictive-coding circuits. See `about`.
class RateCell final : public Component {
 public:
  static constexpr std::string_view type_name = "RateCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Leaky rate cell with a bottom-up current j, which the slope of its activation modulates, and a
top-down current j_td, which is taken as it is.

  tau_m dz/dt = -gamma leak(z) + j f'(z) resist_scale + j_td,  then z = shrink(z)
  zF = f(z) output_scale

prior = [name, gamma] gives the leak: gaussian z, laplacian sign(z), cauchy 2z/(1 + z²),
exp 2z exp(-z²). threshold = [name, lambda] gives shrink: soft_threshold moves z by lambda towards
0, cauchy_threshold is the proximal step of a Cauchy prior. A j that is not wired is left
modulated, j f'(z) resist_scale: set once, it fades.

Without state, with tau_m <= 0 or is_stateful false:  z = j + j_td,  zF = f(z) output_scale.
softmax serves cells without state only, since its slope is a matrix.

use_lateral adds the synapses Wl_NAME (NAME the cell's), n_patch blocks with exc_inh = [of a unit
to itself, to the others], and two compartments: their current j_lat, modulated like j, joins the
right side, and zF_lat = fx_lat(z) output_scale is what they transmit in the next step. With
adaptive_lateral they learn by Hebb's rule when evolve runs.)";

  struct Params {
    int n_units = required;
    float tau_m = required;
    Tagged prior = {"gaussian", {0}};
    std::string act_fx = "identity";
    float output_scale = 1;
    Tagged threshold = {"none", {0}};
    std::string integration_type = "euler";
    int batch_size = 1;
    float resist_scale = 1;
    Shape shape = {};
    bool is_stateful = true;
    bool use_lateral = false;
    bool adaptive_lateral = false;
    Pair exc_inh = {};
    int n_patch = 1;
    std::string fx_lat = "none";
    float Wl_eta = 0;
    std::string Wl_opt_type = "sgd";
    Tagged Wl_prior = {"none", {0}};
    float omega_0 = math::kSineFrequency;

    void describe(Parameters& d);
  };

  /// Throws Error (config) for a shape without three axes or with other than n_units places;
  /// softmax in a cell with state; bkwta of fewer than 5 units; lateral synapses of a cell without
  /// state or with a shape.
  RateCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Sum;
  struct Current;
  struct LateralCurrent;
  struct Membrane;
  struct Threshold;
  struct Rate;
  struct Stateless;
  struct Stateful;
  [[nodiscard]] bool is_stateful() const noexcept { return p_.is_stateful && p_.tau_m > 0; }
  std::vector<Stage> dynamics();
  std::vector<Stage> learning();
  std::vector<Stage> clearing();
  void add_current(std::vector<Stage>& stages);
  void add_lateral_current(std::vector<Stage>& stages);
  void add_rates(std::vector<Stage>& stages);
  template <bool lateral>
  void activate(const Step& step);
  template <bool lateral>
  void differentiate(const Step& step);

  Params p_;
  struct Constants {
    float dt, rate;  // rate = 1/tau_m
    float gamma, lambda, resist_scale, output_scale, omega_0;
  } k_{};
  const math::Activation &f_, &f_lat_;
  Dims units_;

 public:
  /// The lateral synapses Wl with what they take and give.
  struct Lateral {
    explicit Lateral(RateCell& cell);
    Compartment j_lat, zF_lat;
    std::unique_ptr<Component> Wl;
  };

  // clang-format off
  Compartment j   {*this, "j",    Role::input,  units_, "bottom-up current; modulated by a step where it is not wired", {.unit = "mA"}};
  Compartment j_td{*this, "j_td", Role::input,  units_, "top-down current", {.unit = "mA"}};
  Compartment z   {*this, "z",    Role::state,  units_, "state", {.unit = "mA"}};
  Compartment zF  {*this, "zF",   Role::output, units_, "rate f(z) output_scale"};
  Compartment I   {*this, "I",    Role::internal, units_, "current through the membrane", {.auto_save = false}};
  Compartment slope{*this, "slope", Role::internal, f_.elementwise && f_lat_.elementwise ? Dims{0} : units_,
                    "f'(z) of functions of whole samples", {.auto_save = false}};

  std::optional<Lateral> lateral = p_.use_lateral ? std::optional<Lateral>(std::in_place, *this) : std::optional<Lateral>();

  Method advance_state{*this, "advance_state", takes("dt"), dynamics()};
  Method evolve       {*this, "evolve", learning()};
  Method reset        {*this, "reset", clearing()};
  // clang-format on
};
PLEXUS_REGISTER(RateCell);

}  // namespace plexus

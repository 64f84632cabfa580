#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plexus/components/synapses/competitive/competitive_synapse.h"

namespace plexus {

/// Kohonen's self-organising map. See `about`.
class SOMSynapse final : public CompetitiveSynapse {
 public:
  static constexpr std::string_view type_name = "SOMSynapse";
  static constexpr std::string_view family = "synapses/competitive";
  static constexpr std::string_view about = R"(
Self-organising map: templates on a rectangular sheet, of which neighbours learn together.

  b = argmin_u d(x, w_u),  h_u = exp(−g_u²/(2 r²)),  outputs = softmax(g_conduct_factor h)
  dw_u = ⟨eta h_u (x − w_u)⟩,  r ← r − r/tau_radius,  eta ← eta − eta/tau_eta

w_u, column u of W, is the template of the unit in row u / n_units_y and column u mod n_units_y; g_u
is its distance on the sheet from the winner b. With neighbor_function ricker, h_u is also multiplied
by 1 − g_u²/r² and kept >= 0: a Mexican hat without its brim. ⟨⟩ is the mean over the batch. evolve
learns from what the last advance_state found, with the rate after its decay. The radius begins at
half the longer side, and stays as it is where that is 1 or less. The first of several nearest
templates wins. The words taxi and bubble mean euclidean and gaussian, as in ngc-learn.

Kohonen (1990), Proc. IEEE 78:1464–1480.)";

  struct Params {
    int n_inputs = required;
    int n_units_x = required;
    int n_units_y = required;
    PLEXUS_CABLE_PARAMETERS;
    float eta = 0.5F;
    std::string distance_function = "euclidean";
    std::string neighbor_function = "gaussian";
    float tau_eta = 50000;
    std::optional<float> tau_radius = {};

    void describe(Parameters& d) {
      d("n_inputs", n_inputs, "number of inputs", positive, Example{"64"});
      d("n_units_x", n_units_x, "number of rows of the sheet", positive, Example{"10"});
      d("n_units_y", n_units_y, "number of columns of the sheet", positive, Example{"10"});
      describe_cable(d, *this);
      d("eta", eta, "first value of the learning rate");
      d("distance_function", distance_function, "distance d of inputs and templates",
        OneOf{{"euclidean", "manhattan", "cosine", "taxi"}});
      d("neighbor_function", neighbor_function,
        "how learning falls off with the distance from the winner",
        OneOf{{"gaussian", "ricker", "bubble"}});
      d("tau_eta", tau_eta, "number of updates in which the rate falls by its own size", positive);
      d("tau_radius", tau_radius, "the same of the radius; null: tau_eta / ln of the first radius",
        positive);
    }
  };

  SOMSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  void compete(const Step& step);
  void move(const Step& step);
  struct Shrink;
  [[nodiscard]] float first_radius() const;

  Params p_;
  struct Constants {
    float radius_decay, eta_decay;  // 1 / tau
  } k_{};

 public:
  // clang-format off
  Compartment bmu             {*this, "bmu",              Role::output,   {B, 1},             "the unit that won"};
  Compartment delta           {*this, "delta",            Role::output,   {B, n_pre, n_post}, "inputs less templates"};
  Compartment neighbor_weights{*this, "neighbor_weights", Role::output,   {B, n_post},        "share h of each unit in learning"};
  Compartment radius          {*this, "radius",           Role::state,    {1, 1},             "radius r of the neighbourhood", {.initial = first_radius()}};
  Compartment eta             {*this, "eta",              Role::state,    {1, 1},             "learning rate", {.initial = p_.eta}};
  Compartment distance        {*this, "distance",         Role::internal, {B, n_post},        "distance of inputs and templates"};

  Method advance_state{*this, "advance_state",
    whole<&SOMSynapse::compete>(reads(inputs, weights, radius), writes(distance, delta, bmu, neighbor_weights, outputs))};
  Method evolve{*this, "evolve",
    each_unit<Shrink>(k_, updates(radius, eta, i_tick)),
    whole<&SOMSynapse::move>(reads(delta, neighbor_weights, eta), updates(weights), writes(dWeights))};
  Method reset{*this, "reset", extends(CompetitiveSynapse::reset), clears(bmu, delta, neighbor_weights)};
  // clang-format on
};
PLEXUS_REGISTER(SOMSynapse);

}  // namespace plexus

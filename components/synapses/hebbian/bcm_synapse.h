#pragma once

#include <optional>
#include <string_view>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// Dense synapse with the Bienenstock–Cooper–Munro rule. See `about`.
class BCMSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "BCMSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse whose efficacies follow the Bienenstock–Cooper–Munro rule.

  tau_w     dW_ij/dt = Σ_batch x_i φ(y_j, θ_j) (w_bound − |W_ij|) − w_decay W_ij
  tau_theta dθ_j /dt = ⟨y_j²⟩_batch − θ_j
  φ(y, θ) = y (y − θ) / (θ + ε),  ε = 1e-7

x = pre and y = post are the pre- and post-synaptic statistics, which the user wires. The factor
(w_bound − |W|) drops out when w_bound is 0; nothing is clipped. Forward Euler; W moves with the
threshold of the step before. W is driven by the sum over the batch, θ by the mean.

Bienenstock, Cooper & Munro (1982), J. Neurosci. 2:32–48. Threshold: Intrator & Cooper (1992),
Neural Networks 5:3–17. Division by θ: Law & Cooper (1994), PNAS 91:7797–7801.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float tau_w = required;
    float tau_theta = required;
    float theta0 = -1;
    float w_bound = 0;
    float w_decay = 0;
    std::optional<float> theta_floor = {};

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("tau_w", tau_w, "time constant of the efficacies W", positive, unit::ms, Example{"40.0"});
      d("tau_theta", tau_theta, "time constant of the threshold θ", positive, unit::ms,
        Example{"20.0"});
      d("theta0", theta0, "threshold θ at time 0; sensible values are > 0");
      d("w_bound", w_bound, "soft bound on |W|; 0 or less turns it off");
      d("w_decay", w_decay, "decay of W, relative to 1/tau_w");
      d("theta_floor", theta_floor, "least θ that φ sees; null for none");
    }
  };

  BCMSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Threshold;
  struct Rule;

  Params p_;
  struct Constants {
    float rate_w, rate_theta;  // dt / tau_w, dt / tau_theta
    float w_bound, w_decay, theta_floor;
  } k_{};

 public:
  // clang-format off
  Compartment pre      {*this, "pre",       Role::input,  {B, n_pre},      "pre-synaptic statistic x"};
  Compartment post     {*this, "post",      Role::input,  {B, n_post},     "post-synaptic statistic y"};
  Compartment theta    {*this, "theta",     Role::state,  {B, n_post},     "modification threshold θ", {.initial = p_.theta0}};
  Compartment post_term{*this, "post_term", Role::output, {B, n_post},     "φ(y, θ) of the last evolve"};
  Compartment dWeights {*this, "dWeights",  Role::output, {n_pre, n_post}, "tau_w dW/dt of the last evolve"};

  Method evolve{*this, "evolve", takes("dt"),
    each_post   <Threshold>(k_, when(p_.theta_floor.has_value()), reads(post), updates(theta), writes(post_term)),
    each_synapse<Rule>     (k_, when(p_.w_bound > 0), outer(pre, post_term), updates(weights), looks(dWeights))};
  Method reset {*this, "reset", extends(DenseSynapse::reset), clears(pre, post, post_term, dWeights)};
  // clang-format on
};
PLEXUS_REGISTER(BCMSynapse);

}  // namespace plexus

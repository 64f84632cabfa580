#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

namespace math {
struct Activation;
}

/// A stochastic policy that rewards train. See `about`.
class REINFORCESynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "REINFORCESynapse";
  static constexpr std::string_view family = "synapses/modulated";
  static constexpr std::string_view about = R"(
Gaussian policy: samples actions about means, and learns means and deviations by REINFORCE.

  a = act_fx(inputs),  μ = mu_act_fx(a Wμ),  σ = exp(clip(ℓ, −10, 2)),  ℓ = a Wσ
  outputs o = clip(μ + σ ε, mu_out_min, mu_out_max),  ε ~ N(0, 1)
  objective = −0.01 ⟨r ln p(o)⟩,  dW = the slope of −objective, with the sample held constant
  W ← clip(W + eta dW, w_min, w_bound)   where learning_mask is 1

W = [Wμ | Wσ], (n_pre, 2 n_out); r = rewards, less a baseline that the user takes away; ⟨⟩ is the
mean over the batch. evolve does all of this; advance_state does nothing. A scalar_stddev > 0 stands
for σ, which then does not learn. W is clipped whether it learns or not: by default no weight is
negative, and so no mean, unless the inputs are.

accumulated_gradients A ← A decay (c − 1)/c + dW/c, c = step_count + 1, which counts from 0 again
after a step that learned. learning_mask is 0 at first: nothing is learned before it is set. Of the
cable's parameters those of the forward pass have no use here. A reset restarts the noise from
`seed`, with reset_to_42 from 42, as in ngc-learn.

Williams (1992), Mach. Learn. 8:229–256.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = 1e-4F;
    float decay = 0.99F;
    std::string act_fx = "identity";
    std::string mu_act_fx = "identity";
    float w_bound = 1;
    float w_min = 0;
    std::optional<float> mu_out_min = {};
    std::optional<float> mu_out_max = {};
    float scalar_stddev = -1;
    int seed = 42;
    bool reset_to_42 = false;

    void describe(Parameters& d);
  };

  /// Throws Error: config, for a function that needs more inputs or outputs than there are.
  REINFORCESynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Learn;
  struct Count;
  void activate(const Step& step);
  void act(const Step& step);
  void reseed(const Step& step);

  Params p_;
  const math::Activation& f_;
  const math::Activation& f_mu_;
  struct Constants {
    float eta, decay, w_min, w_bound;
  } k_{};

 public:
  // clang-format off
  Compartment rewards              {*this, "rewards",       Role::input,  {B},             "reward of each sample, less its baseline"};
  Compartment learning_mask        {*this, "learning_mask", Role::input,  {},              "1 where an evolve changes the weights"};
  Compartment objective            {*this, "objective",     Role::output, {},              "what learning lowers"};
  Compartment dWeights             {*this, "dWeights",      Role::output, {n_pre, n_post}, "dW of the last evolve"};
  Compartment accumulated_gradients{*this, "accumulated_gradients", Role::state, {n_pre, n_post}, "fading mean of dW"};
  Compartment step_count           {*this, "step_count",    Role::state,  {},              "evolves since the last that learned"};
  Compartment seed                 {*this, "seed",          Role::key,    {2},             "state of the stream of ε", {.dtype = DType::uint32}};
  Compartment activity             {*this, "activity",      Role::internal, {B, n_pre},    "activated inputs a"};
  Compartment drive                {*this, "drive",         Role::internal, {B, n_post},   "a W"};
  Compartment mean                 {*this, "mean",          Role::internal, {B, n_out},    "means μ"};
  Compartment slope                {*this, "slope",         Role::internal, {B, n_out},    "slope of mu_act_fx"};
  Compartment ascent               {*this, "ascent",        Role::internal, {B, n_post},   "slope of −objective over a W"};

  Method advance_state{*this, "advance_state"};
  Method evolve{*this, "evolve",
    whole<&REINFORCESynapse::activate>(reads(inputs), writes(activity)),
    product(activity, weights, drive),
    whole<&REINFORCESynapse::act>(reads(drive, rewards), updates(seed), writes(mean, slope, outputs, objective, ascent)),
    each_synapse<Learn>(k_, outer(activity, ascent), reads(learning_mask, step_count),
                        updates(weights, accumulated_gradients), looks(dWeights)),
    each_unit<Count>(k_, reads(learning_mask), updates(step_count))};
  Method reset{*this, "reset", extends(DenseSynapse::reset),
    clears(rewards, objective, dWeights, accumulated_gradients, step_count),
    whole<&REINFORCESynapse::reseed>(writes(seed))};
  // clang-format on
};
PLEXUS_REGISTER(REINFORCESynapse);

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// The first terms of a general Hebbian rule. See `about`.
class GerstnerHebbianSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "GerstnerHebbianSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse with the first terms of the expansion of a general Hebbian rule.

  dW_ij = c0 W_ij + c1_pre ⟨x_i⟩ + c1_post ⟨y_j⟩ + c2_corr ⟨x_i y_j⟩
  W ← W + eta sign_value dW

x = pre and y = post are the pre- and post-synaptic statistics, which the user wires; ⟨⟩ is the mean
over the batch. c0 multiplies W: decay needs a negative one. Nothing is bounded.

Gerstner & Kistler (2002), Biol. Cybern. 87:404–415, eq. 3.)";

  struct Coefficients {
    float c0 = 0, c1_pre = 0, c1_post = 0, c2_corr = 1;
  };
  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = 0.01F;
    Coefficients coeffs = {};
    float sign_value = 1;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "learning rate");
      d("coeffs.c0", coeffs.c0, "coefficient of W");
      d("coeffs.c1_pre", coeffs.c1_pre, "coefficient of the pre-synaptic mean");
      d("coeffs.c1_post", coeffs.c1_post, "coefficient of the post-synaptic mean");
      d("coeffs.c2_corr", coeffs.c2_corr, "coefficient of the correlation");
      d("sign_value", sign_value, "factor of the step");
    }
  };

  GerstnerHebbianSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Rule;

  Params p_;
  struct Constants {
    Coefficients c;
    float share;  // of a sample in a mean
    float step;   // eta sign_value
  } k_{};

 public:
  // clang-format off
  Compartment pre     {*this, "pre",      Role::input,  {B, n_pre},      "pre-synaptic statistic x"};
  Compartment post    {*this, "post",     Role::input,  {B, n_post},     "post-synaptic statistic y"};
  Compartment dWeights{*this, "dWeights", Role::output, {n_pre, n_post}, "dW of the last evolve"};

  Method evolve{*this, "evolve",
    each_synapse<Rule>(k_, outer(pre, post), outer(pre, constant(post, 1)), outer(constant(pre, 1), post),
                       updates(weights), looks(dWeights))};
  Method reset {*this, "reset", extends(DenseSynapse::reset), clears(pre, post, dWeights)};
  // clang-format on
};
PLEXUS_REGISTER(GerstnerHebbianSynapse);

}  // namespace plexus

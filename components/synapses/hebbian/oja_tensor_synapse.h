#pragma once

#include <string_view>

#include "plexus/components/synapses/sparse/sparse_tensor_synapse.h"

namespace plexus {

/// Sparse-tensor synapse with Oja's rule. See `about`.
class OjaTensorSynapse final : public SparseTensorSynapse {
 public:
  static constexpr std::string_view type_name = "OjaTensorSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Sparse-tensor synapse with Hebbian learning, which Oja's term keeps within bounds.

  dW = Σ_batch x y − W Σ_batch y²,  W ← W + sign_value dW

x = pre is what a weight reads and y = post the unit that it reaches, which the user wires; both sums
run over the batch. With an oja_factor of 0 or less the second term drops out; otherwise only its
sign counts. With normalize the weights from a unit to a stream are brought to norm 1 after every
evolve. Dead slots do not learn, nor, in block format, weights that are 0. As in ngc-learn the rate
is 1, unless use_eta; the key advances, though nothing is drawn; biases do not learn.
`plexus describe SparseTensorSynapse` has the cable.

Oja (1982), J. Math. Biol. 15:267–273.)";

  struct Params {
    PLEXUS_SPARSE_TENSOR_PARAMETERS;
    float eta = 0;
    float oja_factor = 1;
    float sign_value = 1;
    bool use_eta = false;

    void describe(Parameters& d) {
      describe_sparse_tensor(d, *this);
      d("eta", eta, "learning rate, if use_eta");
      d("oja_factor", oja_factor, "0 or less turns Oja's term off");
      d("sign_value", sign_value, "factor of the step");
      d("use_eta", use_eta, "multiply the step by eta");
    }
  };

  OjaTensorSynapse(const Setup& setup, const Params& params);

 private:
  void learn(const Step& step);
  /// Calls each(element of W as it is held, element of the matrix, input, output) for all that may
  /// learn, those of a unit and a stream together.
  template <class Each>
  void for_each_weight(Each each) const;

  Params p_;

 public:
  // clang-format off
  Compartment pre          {*this, "pre",           Role::input,    {B, n_pre},    "pre-synaptic statistic x"};
  Compartment post         {*this, "post",          Role::input,    {B, n_post},   "post-synaptic statistic y"};
  Compartment dWeights     {*this, "dWeights",      Role::output,   weight_dims(), "dW of the last evolve"};
  Compartment variance_term{*this, "variance_term", Role::output,   {B, n_post},   "never written, as in ngc-learn"};
  Compartment squares      {*this, "squares",       Role::internal, {1, n_post},   "sums over the batch of y²"};

  Method evolve{*this, "evolve",
    whole<&OjaTensorSynapse::learn>(reads(pre, post), updates(key, weights), writes(dWeights, squares))};
  Method reset {*this, "reset", extends(SparseTensorSynapse::reset), clears(pre, post, dWeights, variance_term)};
  // clang-format on
};
PLEXUS_REGISTER(OjaTensorSynapse);

}  // namespace plexus

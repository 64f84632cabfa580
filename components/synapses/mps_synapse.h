#pragma once

#include <string_view>

#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Dense cable of limited rank, held as two cores. See `about`.
class MPSSynapse final : public Component {
 public:
  static constexpr std::string_view type_name = "MPSSynapse";
  static constexpr std::string_view family = "synapses";
  static constexpr std::string_view about = R"(
Matrix-product-state synapse: a cable of rank bond_dim at most, held as two cores that learn from
an error.

  outputs = (inputs C1) C2
  dC1 = eta preᵀ (post C2ᵀ)
  dC2 = eta (pre C1)ᵀ post

C1 = core1 is (n_pre, bond_dim), C2 = core2 (bond_dim, n_post), and W = C1 C2. evolve climbs: post is
the error, target minus prediction. Both changes are sums over the batch and use the old cores.

In C++, weights() gives W, set_weights(W) splits a matrix by singular values, and
project_backward(e) gives (e C2ᵀ) C1ᵀ.

Stoudenmire & Schwab (2016), NeurIPS 29. Novikov, Podoprikhin, Osokin & Vetrov (2015), NeurIPS 28.)";

  struct Params {
    Shape shape = {};
    int bond_dim = 16;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("shape", shape, "number of inputs and of outputs, [n_pre, n_post]", positive,
        Example{"[64, 25]"});
      d("bond_dim", bond_dim, "inner extent of the cores, which limits the rank of W", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error (config) for a shape that is not two extents.
  MPSSynapse(const Setup& setup, const Params& params);

  /// W = C1 C2, (n_pre, n_post).
  [[nodiscard]] Tensor weights() const;
  /// Sets the cores to the best approximation of W of rank bond_dim: C1 = U √S, C2 = √S Vᵀ. What
  /// W's rank leaves of them is 0. Throws Error (shape) for a W of another shape.
  void set_weights(const Tensor& W);
  /// (e C2ᵀ) C1ᵀ: errors at the outputs, (…, n_post), as the inputs see them, (…, n_pre).
  /// Throws Error (shape) if e has another number of columns.
  [[nodiscard]] Tensor project_backward(const Tensor& e) const;

 private:
  void transmit(const Step& step);
  void learn(const Step& step);

  Params p_;

 public:
  // clang-format off
  const Dim n_pre {p_.shape[0], "n_pre"};
  const Dim n_post{p_.shape[1], "n_post"};
  const Dim bond  {p_.bond_dim, "bond_dim"};

  Compartment inputs {*this, "inputs",  Role::input,  {B, n_pre},  "signals to transmit"};
  Compartment outputs{*this, "outputs", Role::output, {B, n_post}, "transmitted signals"};
  Compartment core1  {*this, "core1",   Role::state,  {1, n_pre, bond},  "C1, from inputs to bond"};
  Compartment core2  {*this, "core2",   Role::state,  {bond, n_post, 1}, "C2, from bond to outputs"};
  Compartment pre    {*this, "pre",     Role::input,  {B, n_pre},  "pre-synaptic statistic"};
  Compartment post   {*this, "post",    Role::input,  {B, n_post}, "error at the outputs"};

  Compartment bond_pre {*this, "bond_pre",  Role::internal, {B, bond}, "what the bond gets from the inputs"};
  Compartment bond_post{*this, "bond_post", Role::internal, {B, bond}, "what the bond gets from the outputs"};

  Method advance_state{*this, "advance_state",
    whole<&MPSSynapse::transmit>(reads(inputs, core1, core2), writes(bond_pre, outputs))};
  Method evolve       {*this, "evolve", takes(keyword("eta", 0.01F)),
    whole<&MPSSynapse::learn>(reads(pre, post), updates(core1, core2), writes(bond_pre, bond_post))};
  Method reset        {*this, "reset", clears(inputs, outputs, pre, post)};
  // clang-format on
};
PLEXUS_REGISTER(MPSSynapse);

}  // namespace plexus

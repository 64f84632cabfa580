#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/hebbian/two_factor.h"
#include "plexus/components/synapses/patched/patched_synapse.h"

namespace plexus {

/// Patched synapse with a two-factor Hebbian rule, followed by an optimiser. See `about`.
class HebbianPatchedSynapse final : public PatchedSynapse {
 public:
  static constexpr std::string_view type_name = "HebbianPatchedSynapse";
  static constexpr std::string_view about = R"(
Patched synapse with a two-factor Hebbian rule, whose update an optimiser takes.

  dW_ij = (Σ_batch x_i y_j (w_bound − |W_ij|) − pull(W_ij)) block_mask_ij sign_value, where a
          connection exists, else 0
  db_j  = (Σ_batch y_j) sign_value
  W, b ← optimiser(W, b; dW, db), then W ← clip(W) ⊙ block_mask

x = pre_wght pre and y = post_wght post. Optimisers DESCEND: with sgd, W ← W − eta dW. So the
default sign_value of +1 is anti-Hebbian, and makes the prior push W away from 0; Hebbian learning
and decay need sign_value −1.

pull is λ W (l2, ridge), λ sign(W) (l1, lasso) or λ (r sign(W) + (1 − r) W / 2) (l1l2, elastic_net,
with the numbers [λ, r]). The factor (w_bound − |W|) and the clip, to ±w_bound or, if
is_nonnegative, to [0, w_bound], drop out when w_bound is 0 or less. Connections are those of the
modules, without the rim, that p_conn left; one whose weight happens to be 0 goes on learning.
Biases learn only if there is a bias_init. The optimiser's state outlives a reset.

`plexus describe PatchedSynapse` says how W is made up, and what it transmits.

Rao & Ballard (1999), Nat. Neurosci. 2:79–87.)";

  struct Params {
    PLEXUS_PATCHED_PARAMETERS;
    float eta = 0;
    std::optional<Tensor> block_mask = {};
    float w_bound = 1;
    bool is_nonnegative = false;
    Tagged prior = {"none", {0}};
    float sign_value = 1;
    std::string optim_type = "sgd";
    float pre_wght = 1;
    float post_wght = 1;

    void describe(Parameters& d) {
      describe_patched(d, *this);
      d("eta", eta, "learning rate of the optimiser");
      d("block_mask", block_mask, "factors of W and its changes, in W's shape; null for none");
      d("w_bound", w_bound, "bound on |W|, soft and hard; 0 or less turns both off");
      d("is_nonnegative", is_nonnegative, "clip W to [0, w_bound] instead of [-w_bound, w_bound]");
      d("prior", prior, "pull on W and its strength; none, gaussian, laplacian: no pull",
        OneOf{{"none", "l2", "ridge", "l1", "lasso", "l1l2", "elastic_net", "gaussian",
               "laplacian"}});
      d("sign_value", sign_value,
        "factor of the update; -1 makes the optimiser climb: Hebbian learning");
      d("optim_type", optim_type, "optimiser", OneOf{{"sgd", "nag", "adam"}});
      d("pre_wght", pre_wght, "factor of the pre-synaptic statistic");
      d("post_wght", post_wght, "factor of the post-synaptic statistic");
    }
  };

  /// Throws Error: config, for a prior without its numbers; shape, for a block_mask that has not
  /// W's shape.
  HebbianPatchedSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  void count(const Step& step);
  std::vector<Stage> learning();

  Params p_;
  two_factor::Prior prior_;
  two_factor::Constants k_{};

 public:
  // clang-format off
  Compartment pre       {*this, "pre",        Role::input,    {B, n_pre},      "pre-synaptic statistic"};
  Compartment post      {*this, "post",       Role::input,    {B, n_post},     "post-synaptic statistic"};
  Compartment dWeights  {*this, "dWeights",   Role::output,   {n_pre, n_post}, "dW of the last evolve"};
  Compartment dBiases   {*this, "dBiases",    Role::output,   {1, n_post},     "db of the last evolve"};
  Compartment ones      {*this, "ones",       Role::internal, {B, 1},          "sums over the batch", {.initial = 1}};
  Compartment block_mask{*this, "block_mask", Role::internal, p_.block_mask ? Dims{n_pre, n_post} : Dims{1, 1},
                         "factors of W", {.initial = 1}};
  Compartment plastic   {*this, "plastic",    Role::internal, {n_pre, n_post}, "factors of dW: block_mask where a connection exists"};
  two_factor::OptimiserState optimiser;

  Method evolve{*this, "evolve", learning()};
  Method reset {*this, "reset", extends(PatchedSynapse::reset), clears(pre, post, dWeights, dBiases)};
  // clang-format on
};
PLEXUS_REGISTER(HebbianPatchedSynapse);

}  // namespace plexus

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/hebbian/two_factor.h"

namespace plexus {

/// Dense synapse with a two-factor Hebbian rule, followed by an optimiser. See `about`.
class HebbianSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "HebbianSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse with a two-factor Hebbian rule, whose update an optimiser takes.

  dW_ij = (Σ_batch x_i y_j (w_bound − |W_ij|) − pull(W_ij)) sign_value
  db_j  = (Σ_batch y_j) sign_value
  W, b ← optimiser(W, b; dW, db), then W ← clip(W) ⊙ mask

x = pre_wght pre and y = post_wght post. Optimisers DESCEND: with sgd, W ← W − eta dW. So the
default sign_value of +1 is anti-Hebbian, and makes the prior push W away from 0; Hebbian learning
and decay need sign_value −1.

pull is λ W (l2, ridge, gaussian), λ sign(W) (l1, lasso, laplacian) or λ (r sign(W) + (1 − r) W / 2)
(l1l2, elastic_net, with the numbers [λ, r]). The factor (w_bound − |W|) and the clip, to ±w_bound
or, if is_nonnegative, to [0, w_bound], drop out when w_bound is 0 or less. Biases learn only if
there is a bias_init; they have no bound and no prior. The optimiser's state outlives a reset.

calc_update computes dW and db and changes nothing else.

Hebb (1949), The organization of behavior. Adam: Kingma & Ba (2015), arXiv:1412.6980.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = 0;
    float w_bound = 1;
    bool is_nonnegative = false;
    Tagged prior = {"constant", {0}};
    float w_decay = 0;
    float sign_value = 1;
    std::string optim_type = "sgd";
    float pre_wght = 1;
    float post_wght = 1;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "learning rate of the optimiser");
      d("w_bound", w_bound, "bound on |W|, soft and hard; 0 or less turns both off");
      d("is_nonnegative", is_nonnegative, "clip W to [0, w_bound] instead of [-w_bound, w_bound]");
      d("prior", prior, "pull on W and its strength; constant or none: no pull",
        OneOf{{"constant", "none", "l2", "ridge", "gaussian", "l1", "lasso", "laplacian", "l1l2",
               "elastic_net"}});
      d("w_decay", w_decay, "if > 0, stands for the prior [l2, w_decay] and replaces any other");
      d("sign_value", sign_value,
        "factor of the update; -1 makes the optimiser climb: Hebbian learning");
      d("optim_type", optim_type, "optimiser", OneOf{{"sgd", "nag", "adam"}});
      d("pre_wght", pre_wght, "factor of the pre-synaptic statistic");
      d("post_wght", post_wght, "factor of the post-synaptic statistic");
    }
  };

  /// Throws Error: config, for a prior without its numbers.
  HebbianSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  void count(const Step& step);
  two_factor::Parts parts();
  std::vector<Stage> learning();
  std::vector<Stage> update();

  Params p_;
  two_factor::Prior prior_;
  two_factor::Constants k_{};

 public:
  // clang-format off
  Compartment pre      {*this, "pre",      Role::input,    {B, n_pre},      "pre-synaptic statistic"};
  Compartment post     {*this, "post",     Role::input,    {B, n_post},     "post-synaptic statistic"};
  Compartment dWeights {*this, "dWeights", Role::output,   {n_pre, n_post}, "dW of the last update"};
  Compartment dBiases  {*this, "dBiases",  Role::output,   {1, n_post},     "db of the last update"};
  Compartment ones     {*this, "ones",     Role::internal, {B, 1},          "sums over the batch", {.initial = 1}};
  two_factor::OptimiserState optimiser;

  Method evolve     {*this, "evolve", learning()};
  Method calc_update{*this, "calc_update", update()};
  Method reset      {*this, "reset", extends(DenseSynapse::reset), clears(pre, post, dWeights, dBiases)};
  // clang-format on
};
PLEXUS_REGISTER(HebbianSynapse);

}  // namespace plexus

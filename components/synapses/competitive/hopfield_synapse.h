#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/competitive/competitive_synapse.h"

namespace plexus {

/// Modern Hopfield network: dense associative memory. See `about`.
class HopfieldSynapse final : public CompetitiveSynapse {
 public:
  static constexpr std::string_view type_name = "HopfieldSynapse";
  static constexpr std::string_view family = "synapses/competitive";
  static constexpr std::string_view about = R"(
Modern Hopfield network: a step completes its inputs to the memories that they resemble.

  s = x W − max,  a = softmax(beta s),  outputs y = W a
  delta:        dW = ⟨(x − y) aᵀ⟩
  contrastive:  dW = ⟨x aᵀ − y âᵀ⟩,  â = softmax of y W
  W ← W + eta dW − reg_lambda W

Memories are columns of W; x = inputs, s = similarities, a = memory_weights, and the outputs are as
many as the inputs. ⟨⟩ is the mean over the batch. `energy` is ngc-learn's, which leaves out the
maximum of s, and has x·y and the longest row of W where

  energy_true = ⟨−ln Σ_n exp(beta x·w_n)/beta + x·x/2⟩ + ln N/beta + max_n ‖w_n‖²/2

has x·x and the longest memory: that is the one which retrieval lowers. â takes beta 1, as in
ngc-learn, unless scaled_contrast. With initial_patterns fewer than there are columns, the others
keep their first values, and all are shuffled; with as many or more, the patterns are the memory.

Ramsauer et al. (2020), arXiv:2008.02217. Krotov & Hopfield (2020), arXiv:2008.06996. Contrastive
learning: Movellan (1991), Connectionist Models 10–17. Hintzman (1984), Behav. Res. Methods
16:96–101.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = required;
    float reg_lambda = 0;
    float beta = 8;
    std::optional<Tensor> initial_patterns = {};
    std::string update_rule = "delta";
    bool scaled_contrast = false;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "learning rate", Example{"0.1"});
      d("reg_lambda", reg_lambda, "share of W that decays each evolve");
      d("beta", beta, "sharpness of retrieval");
      d("initial_patterns", initial_patterns, "memories, (n_pre, n), one a column; null for none");
      d("update_rule", update_rule, "rule of learning", OneOf{{"delta", "contrastive"}});
      d("scaled_contrast", scaled_contrast,
        "the contrastive rule takes beta for what the outputs recall, too");
    }
  };

  /// Throws Error: shape, for patterns that do not fit.
  HopfieldSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Miss;
  struct Delta;
  struct Contrast;
  void attend(const Step& step);
  void measure(const Step& step);
  void echo(const Step& step);
  std::vector<Stage> learning();

  Params p_;
  struct Constants {
    float share;  // of a sample in a mean
    float eta, reg_lambda;
  } k_{};

 public:
  // clang-format off
  Compartment similarities  {*this, "similarities",   Role::output,   {B, n_post}, "similarity of inputs and memories, less the largest"};
  Compartment memory_weights{*this, "memory_weights", Role::output,   {B, n_post}, "share a of each memory in the outputs"};
  Compartment energy        {*this, "energy",         Role::output,   {1, 1},      "energy as ngc-learn computes it"};
  Compartment energy_true   {*this, "energy_true",    Role::output,   {1, 1},      "energy that retrieval lowers"};
  Compartment largest       {*this, "largest",        Role::internal, {B, 1},      "largest similarity"};
  Compartment error         {*this, "error",          Role::internal, {B, n_pre},  "inputs less outputs"};
  Compartment echoes        {*this, "echoes",         Role::internal, {B, n_post}, "share of each memory in what the outputs recall"};

  Method advance_state{*this, "advance_state",
    product(inputs, weights, similarities),
    whole<&HopfieldSynapse::attend>(updates(similarities), writes(memory_weights, largest)),
    product_transposed(memory_weights, weights, outputs),
    whole<&HopfieldSynapse::measure>(reads(inputs, outputs, similarities, largest, weights),
                                     writes(energy, energy_true), updates(i_tick))};
  Method evolve{*this, "evolve", learning()};
  Method reset {*this, "reset", extends(CompetitiveSynapse::reset), clears(similarities, memory_weights, energy, energy_true)};
  // clang-format on
};
PLEXUS_REGISTER(HopfieldSynapse);

}  // namespace plexus

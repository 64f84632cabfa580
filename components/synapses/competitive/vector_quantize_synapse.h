#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/competitive/competitive_synapse.h"

namespace plexus {

/// Vector quantiser, with labels LVQ(1). See `about`.
class VectorQuantizeSynapse final : public CompetitiveSynapse {
 public:
  static constexpr std::string_view type_name = "VectorQuantizeSynapse";
  static constexpr std::string_view family = "synapses/competitive";
  static constexpr std::string_view about = R"(
Vector quantiser: the prototype nearest to the input wins, and learns; with labels, LVQ(1).

  x = inputs/‖inputs‖,  outputs z_n = 1 where ‖x − w_n‖ is least, else 0,  pred_labels = V z
  dW = Σ_batch l x zᵀ − syn_decay W              (hebb)
  dW = Σ_batch l (x − w) zᵀ − syn_decay W        (lvq)
  dW ← (dW + (sqrt(2 eta) + 2 eta langevin_noise_scale) ε) (w_bound − |W|),  ε ~ N(0, 1)
  W ← W + eta dW,  eta ← max(eta − eta_decrement, 1e-5)

Prototypes w_n are columns of W, their labels columns of V = label_weights. l is −1 where the winner
has a label other than the input's, and 1 elsewhere. Noise needs a langevin_noise_scale > 0, the
factor (w_bound − |W|) a w_bound > 0. Prototypes at the same distance all win. Labels never learn.
Inputs of zeros stay zeros.

hebb is ngc-learn's rule: it adds x to the winner, which grows without bound unless it decays. lvq
moves the winner towards x, and is the rule of the literature. initial_patterns are prototypes, and
their labels, one a column; if they are fewer than there are columns, the others keep their first
values, and all are shuffled.

Kohonen (1990), Proc. IEEE 78:1464–1480. Somervuo & Kohonen (1999), Neural Process. Lett.
10:151–159.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = 0.3F;
    float eta_decrement = 1e-5F;
    float syn_decay = 0;
    float w_bound = 0;
    Tagged distance_function = {"minkowski", {2}};
    int label_dim = 0;
    std::vector<Tensor> initial_patterns = {};
    float langevin_noise_scale = 0;
    std::string rule = "hebb";

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "first value of the learning rate");
      d("eta_decrement", eta_decrement, "what the rate loses in every update");
      d("syn_decay", syn_decay, "decay of W, relative to eta");
      d("w_bound", w_bound, "soft bound on |W|; 0 or less turns it off");
      d("distance_function", distance_function,
        "distance, and Minkowski's order; the others have their own",
        OneOf{{"minkowski", "euclidean", "manhattan", "chebyshev"}});
      d("label_dim", label_dim, "number of labels; 0 or less: none");
      d("initial_patterns", initial_patterns,
        "prototypes (n_pre, n) and labels (label_dim, n), one a column; null for none");
      d("langevin_noise_scale", langevin_noise_scale,
        "strength of the second part of the noise; 0 or less: no noise");
      d("rule", rule, "rule of learning", OneOf{{"hebb", "lvq"}});
    }
  };

  /// Throws Error: config, for a distance without its order; shape, for patterns that do not fit.
  VectorQuantizeSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Learn;
  void normalise(const Step& step);
  void compete(const Step& step);
  void judge(const Step& step);
  void shake(const Step& step);
  [[nodiscard]] bool labelled() const { return p_.label_dim > 0; }
  [[nodiscard]] bool noisy() const { return p_.langevin_noise_scale > 0; }
  std::vector<Stage> recognition();
  std::vector<Stage> learning();

  Params p_;
  float order_;  // of the distance
  struct Constants {
    float syn_decay, w_bound, langevin, eta_decrement;
  } k_{};

 public:
  // clang-format off
  const Dim n_labels{labelled() ? p_.label_dim : 1, "n_labels"};
  const Dims label_dims = labelled() ? Dims{B, n_labels} : Dims{1, 1};

  Compartment labels       {*this, "labels",        Role::input,    label_dims,  "labels of the inputs"};
  Compartment pred_labels  {*this, "pred_labels",   Role::output,   label_dims,  "labels of the winners"};
  Compartment label_weights{*this, "label_weights", Role::state,    labelled() ? Dims{n_labels, n_post} : Dims{1, 1}, "labels of the prototypes, V"};
  Compartment eta          {*this, "eta",           Role::state,    {1, 1},      "learning rate", {.initial = p_.eta}};
  Compartment xprobe       {*this, "xprobe",        Role::output,   {B, n_pre},  "inputs of length 1"};
  Compartment recalled     {*this, "recalled",      Role::internal, label_dims,  "labels of the winners, as evolve finds them"};
  Compartment credit       {*this, "credit",        Role::internal, {B, n_post}, "1 for winners, -1 for those of another label"};
  Compartment noise        {*this, "noise",         Role::internal, noisy() ? Dims{n_pre, n_post} : Dims{1, 1}, "noise ε"};

  Method advance_state{*this, "advance_state", recognition()};
  Method evolve       {*this, "evolve", learning()};
  Method reset        {*this, "reset", extends(CompetitiveSynapse::reset), clears(labels, pred_labels, xprobe)};
  // clang-format on
};
PLEXUS_REGISTER(VectorQuantizeSynapse);

}  // namespace plexus

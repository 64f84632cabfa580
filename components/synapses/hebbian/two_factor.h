#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plexus/components/math/optimiser.h"
#include "plexus/core/compartment.h"
#include "plexus/core/parameters.h"
#include "plexus/core/stage.h"

/// What the Hebbian synapses with prior, bounds and optimiser share.
///
///   D  = (Σ_batch x_i y_j (w_bound − |W_ij|) − pull(W_ij)) sign_value
///   db = (Σ_batch y_j) sign_value
///
/// The optimiser descends along D and db; then W is clipped.
namespace plexus::two_factor {

/// The slope of a prior's negative logarithm: (l1 sign(W) + l2 W) lambda.
struct Prior {
  float l1 = 0, l2 = 0, lambda = 0;
};

/// Of "l2", "l1" and "l1l2", or one of their other names; another word is no prior.
/// Throws Error: config, naming `parameter`, for a prior without its numbers.
Prior prior(const Tagged& given, const std::string& parameter);

struct Constants {
  Prior prior;
  float w_bound, w_least;  // the ends of the clip
  float sign_value;
  math::Adam::Constants adam;  // `eta` is every optimiser's; bias1 and bias2 follow the step
};
Constants constants(const Prior& prior, float w_bound, bool is_nonnegative, float sign_value,
                    float eta);

/// The compartments and decisions that the stages are made from.
struct Parts {
  Outer hebb, sum;  // Σ_batch x_i y_j, Σ_batch y_j
  bool bounded;  // by w_bound: the soft factor and the clip
  bool pulled;   // by a prior
  Compartment &mask, &weights, &dWeights;
  Compartment *biases, &dBiases;  // biases: null where they do not learn
};

/// The state of an optimiser over W and, where they learn, biases. It outlives every reset and is
/// not saved with the rest. What an optimiser does not need is not there.
class OptimiserState {
 public:
  OptimiserState(Component& owner, math::OptimiserKind kind, const Dims& weights,
                 const Dims* biases);

  [[nodiscard]] math::OptimiserKind kind() const noexcept { return kind_; }

  /// Counts the step, and makes what the optimiser's equations need of the count.
  void advance();

  std::optional<Compartment> step;                  // t, an integer: float32 would stop at 2²⁴
  std::optional<Compartment> momentum;              // nag: mu from the second step on
  std::optional<Compartment> bias1, bias2;          // Adam: 1 − β1ᵗ, 1 − β2ᵗ
  std::optional<Compartment> weights_1, weights_2;  // nag: φ; Adam: g1, g2
  std::optional<Compartment> biases_1, biases_2;

 private:
  math::OptimiserKind kind_;
};

}  // namespace plexus::two_factor

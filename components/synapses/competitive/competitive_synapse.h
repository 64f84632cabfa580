#pragma once

#include <cstdint>

#include "plexus/components/math/matrix_view.h"
#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// The base of synapses whose columns are templates or memories that compete for each sample.
class CompetitiveSynapse : public DenseSynapse {
 protected:
  /// `extent` is the number of outputs. Warns of parameters of the cable that have no use here.
  CompetitiveSynapse(const Setup& setup, const Params& params, std::int64_t extent);

  /// Each sample of the inputs over its length, into `unit`. One of zeros stays so.
  void normalise_inputs(Compartment& unit) const;
  /// Makes columns of `memory` the patterns; if they are fewer, they stand among what is there, in
  /// an order that the component's key draws. Throws Error: shape, for patterns that do not fit,
  /// naming `parameter`.
  void store(Compartment& memory, const Tensor& patterns, const char* parameter) const;
  /// The shape of a memory with room for all patterns.
  static Shape with_room(Shape shape, const Tensor* patterns);

  /// The rate falls by a constant; the tick counts. Its text is in annealing.h.
  struct Anneal;

  static math::ConstMatrixView view(const Compartment& c);
  static math::MatrixView own_view(Compartment& c);

 public:
  // clang-format off
  Compartment i_tick  {*this, "i_tick",   Role::state,  {1, 1},          "number of updates so far"};
  Compartment dWeights{*this, "dWeights", Role::output, {n_pre, n_post}, "dW of the last evolve"};

  Method reset{*this, "reset", extends(DenseSynapse::reset), clears(dWeights)};
  // clang-format on
};

}  // namespace plexus

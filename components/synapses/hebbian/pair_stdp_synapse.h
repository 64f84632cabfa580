#pragma once

#include <optional>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// The base of synapses whose spike-timing-dependent plasticity is driven by spikes and their
/// traces, both of which cells outside compute.
class PairSTDPSynapse : public DenseSynapse {
 protected:
  /// Throws Error: shape, for a weight_mask of another shape than the weights'.
  PairSTDPSynapse(const Setup& setup, const DenseSynapse::Params& params,
                  const std::optional<Tensor>& given_mask);

  bool masked_;

 public:
  // clang-format off
  Compartment preSpike   {*this, "preSpike",    Role::input,    {B, n_pre},      "pre-synaptic spikes"};
  Compartment postSpike  {*this, "postSpike",   Role::input,    {B, n_post},     "post-synaptic spikes"};
  Compartment preTrace   {*this, "preTrace",    Role::input,    {B, n_pre},      "pre-synaptic traces"};
  Compartment postTrace  {*this, "postTrace",   Role::input,    {B, n_post},     "post-synaptic traces"};
  Compartment dWeights   {*this, "dWeights",    Role::output,   {n_pre, n_post}, "dW of the last evolve, not masked"};
  Compartment weight_mask{*this, "weight_mask", Role::internal, masked_ ? Dims{n_pre, n_post} : Dims{1, 1},
                          "0 where W stays 0", {.initial = 1}};

  Method reset{*this, "reset", extends(DenseSynapse::reset),
               clears(preSpike, postSpike, preTrace, postTrace, dWeights)};
  // clang-format on
};

}  // namespace plexus

#include "plexus/components/synapses/hebbian/pair_stdp_synapse.h"

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus {

PairSTDPSynapse::PairSTDPSynapse(const Setup& setup, const DenseSynapse::Params& params,
                                 const std::optional<Tensor>& given_mask)
    : DenseSynapse(setup, params), masked_(given_mask.has_value()) {
  if (!masked_) return;
  if (given_mask->shape != weights.shape())
    throw Error(
        Error::Kind::shape, {},
        fmt::format("{}.weight_mask has shape {}; expected {}, as the weights", setup.name,
                    plexus::to_string(given_mask->shape), plexus::to_string(weights.shape())));
  weight_mask.set(*given_mask);
  auto W = weights.own_values();
  const auto factors = given_mask->floats();
  for (std::size_t i = 0; i < W.size(); ++i) W[i] *= factors[i];
}

}  // namespace plexus

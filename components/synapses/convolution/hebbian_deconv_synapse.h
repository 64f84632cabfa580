#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/hebbian_filter_synapse.h"

namespace plexus {

/// Deconvolutional synapse with a two-factor Hebbian rule, followed by an optimiser. See `about`.
class HebbianDeconvSynapse final : public HebbianFilterSynapse {
 public:
  static constexpr std::string_view type_name = "HebbianDeconvSynapse";
  static constexpr std::string_view about = R"(
Deconvolutional synapse with a two-factor Hebbian rule, whose update an optimiser takes.

  dW[u,v,c,o] = sign_value Σ_bij x[b,i,j,c] y[b, i s + a − u, j s + a − v, o] + w_decay W[u,v,c,o]
  db[o]       = sign_value Σ_bpq y[b,p,q,o]
  W, b ← optimiser(W, b; dW, db), then W ← clip(W)
  dInputs[b,i,j,c] = sign_value Σ_uvo W[u,v,c,o] y[b, i s + a − u, j s + a − v, o]

x = pre, y = post, 0 outside of its map, s the stride. evolve does the first three, backtransmit the
last. Optimisers DESCEND: with sgd, W ← W − eta dW. So the default sign_value of +1 is anti-Hebbian;
Hebbian learning needs −1. Decay makes W smaller either way.

W is clipped to ±w_bound or, if is_nonnegative, to [0, w_bound], unless w_bound is 0 or less. Biases
learn only if there is a bias_init. The optimiser's state outlives a reset.

`plexus describe DeconvSynapse` says what a is, and what is transmitted.

Hebb (1949), The organization of behavior. Zeiler, Krishnan, Taylor & Fergus (2010), CVPR:
2528–2535. Adam: Kingma & Ba (2015), arXiv:1412.6980.)";

  HebbianDeconvSynapse(const Setup& setup, const Params& params);
};
PLEXUS_REGISTER(HebbianDeconvSynapse);

}  // namespace plexus

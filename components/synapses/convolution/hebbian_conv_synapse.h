#pragma once

#include <string_view>

#include "plexus/components/synapses/convolution/hebbian_filter_synapse.h"

namespace plexus {

/// Convolutional synapse with a two-factor Hebbian rule, followed by an optimiser. See `about`.
class HebbianConvSynapse final : public HebbianFilterSynapse {
 public:
  static constexpr std::string_view type_name = "HebbianConvSynapse";
  static constexpr std::string_view about = R"(
Convolutional synapse with a two-factor Hebbian rule, whose update an optimiser takes.

  dW[u,v,c,o] = sign_value Σ_bpq x[b, p s + u, q s + v, c] y[b,p,q,o] + w_decay W[u,v,c,o]
  db[o]       = sign_value Σ_bpq y[b,p,q,o]
  W, b ← optimiser(W, b; dW, db), then W ← clip(W)
  dInputs[b, p s + u, q s + v, c] += sign_value W[u,v,c,o] y[b,p,q,o], from 0

x = pre, with zeros around it if padding is SAME, y = post, s the stride. evolve does the first
three, backtransmit the last. Optimisers DESCEND: with sgd, W ← W − eta dW. So the default
sign_value of +1 is anti-Hebbian; Hebbian learning needs −1. Decay makes W smaller either way.

W is clipped to ±w_bound or, if is_nonnegative, to [0, w_bound], unless w_bound is 0 or less. Biases
learn only if there is a bias_init. The optimiser's state outlives a reset.

`plexus describe ConvSynapse` says what is transmitted.

Hebb (1949), The organization of behavior. LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE
86:2278–2324. Adam: Kingma & Ba (2015), arXiv:1412.6980.)";

  HebbianConvSynapse(const Setup& setup, const Params& params);
};
PLEXUS_REGISTER(HebbianConvSynapse);

}  // namespace plexus

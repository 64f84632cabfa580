#include "plexus/components/synapses/hebbian/gerstner_hebbian_synapse.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

GerstnerHebbianSynapse::GerstnerHebbianSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
}

void GerstnerHebbianSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  k_ = {p_.coeffs, 1 / static_cast<float>(batch_size()), p_.eta * p_.sign_value};
}

/// Sums over the batch: of x_i y_j, of x_i, of y_j.
struct GerstnerHebbianSynapse::Rule {
  static void at(const Constants& k, auto both, auto x, auto y, auto& W, auto& dW) {
    dW = ((k.c.c0 * W + k.c.c1_pre * (x * k.share)) + k.c.c1_post * (y * k.share)) +
         k.c.c2_corr * (both * k.share);
    W += k.step * dW;
  }
};

}  // namespace plexus

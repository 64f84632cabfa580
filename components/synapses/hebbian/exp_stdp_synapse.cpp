#include "plexus/components/synapses/hebbian/exp_stdp_synapse.h"

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"

namespace plexus {
namespace {

constexpr float kMargin = 0.01F;  // between W and its bounds

}  // namespace

ExpSTDPSynapse::ExpSTDPSynapse(const Setup& setup, const Params& params)
    : PairSTDPSynapse(setup, dense(params), params.weight_mask), p_(params) {
  if (p_.tau_w != 0) log_warn("{}: tau_w has no effect in an ExpSTDPSynapse", label());
}

void ExpSTDPSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  k_ = {p_.A_plus, p_.A_minus, p_.exp_beta, p_.w_bound, p_.w_bound - kMargin};
}

/// hebb = Σ_batch x_i s_j, target = Σ_batch pretrace_target s_j, anti = Σ_batch s_i y_j.
struct ExpSTDPSynapse::Rule {
  static void at(const Constants& k, auto depresses, auto hebb, auto target, auto anti, auto eta,
                 auto mask, auto& W, auto& dW) {
    const auto low = math::exp(-k.beta * W);
    dW = (low * hebb - math::exp(-k.beta * (k.w_bound - W)) * target) * k.A_plus;
    if constexpr (depresses) dW -= (low * anti) * k.A_minus;
    W = mask == 0 ? 0.0F : math::clip(W + dW * eta, kMargin, k.w_most);
  }
};

}  // namespace plexus

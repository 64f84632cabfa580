#include "plexus/components/synapses/hebbian/bcm_synapse.h"

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"

namespace plexus {
namespace {

constexpr float kEpsilon = 1e-7F;  // keeps φ defined where θ passes through 0

}  // namespace

BCMSynapse::BCMSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
  if (p_.theta0 <= 0)
    log_info(
        "{}: theta0 is {}: θ, an average of squares, starts below its range, and φ is singular "
        "where "
        "it crosses 0; a theta0 > 0 avoids that",
        label(), p_.theta0);
}

void BCMSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  k_ = {step.dt / p_.tau_w, step.dt / p_.tau_theta, p_.w_bound, p_.w_decay,
        p_.theta_floor.value_or(0)};
}

/// φ: depression below the threshold, potentiation above
/// it. θ moves last: φ is defined with the old one.
struct BCMSynapse::Threshold {
  static void at(const Constants& k, auto floored, auto mean, auto y, auto& th, auto& phi) {
    auto seen = th;
    if constexpr (floored) seen = math::max(seen, k.theta_floor);
    phi = (y * (y - seen)) * (1 / (seen + kEpsilon));
    th += (mean(y * y) - th) * k.rate_theta;
  }
};

/// hebb = Σ_batch x_i φ_j; then the soft bound, with the old W; then decay.
struct BCMSynapse::Rule {
  static void at(const Constants& k, auto bounded, auto hebb, auto& W, auto& dW) {
    dW = hebb;
    if constexpr (bounded) dW *= k.w_bound - math::abs(W);
    dW -= k.w_decay * W;
    W += dW * k.rate_w;
  }
};

}  // namespace plexus

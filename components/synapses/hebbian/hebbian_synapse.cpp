#include "plexus/components/synapses/hebbian/hebbian_synapse.h"

#include "plexus/components/synapses/hebbian/two_factor_rules.h"
#include "plexus/core/log.h"

namespace plexus {
namespace {

/// The prior that counts: w_decay's, if there is one.
Tagged prior_of(const HebbianSynapse::Params& p, const std::string& name) {
  if (!(p.w_decay > 0)) return p.prior;
  if (p.prior != HebbianSynapse::Params{}.prior)
    log_warn("{}: w_decay {} replaces the prior {}", name, p.w_decay, p.prior.name);
  return {"l2", {p.w_decay}};
}

}  // namespace

HebbianSynapse::HebbianSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)),
      p_(params),
      prior_(two_factor::prior(prior_of(params, setup.name), setup.name + ".prior")),
      optimiser(*this, math::optimiser(params.optim_type), weights.dims(),
                params.bias_init ? &biases.dims() : nullptr) {}

void HebbianSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  k_ = two_factor::constants(prior_, p_.w_bound, p_.is_nonnegative, p_.sign_value, p_.eta);
}

void HebbianSynapse::count(const Step& /*step*/) {
  optimiser.advance();
}

two_factor::Parts HebbianSynapse::parts() {
  return {.hebb = outer(scaled(pre, p_.pre_wght), scaled(post, p_.post_wght)),
          .sum = outer(ones, scaled(post, p_.post_wght)),
          .bounded = p_.w_bound > 0,
          .pulled = prior_.lambda != 0,
          .mask = mask,
          .weights = weights,
          .dWeights = dWeights,
          .biases = p_.bias_init ? &biases : nullptr,
          .dBiases = dBiases};
}

std::vector<Stage> HebbianSynapse::learning() {
  return two_factor::learning<&HebbianSynapse::count>(k_, optimiser, parts());
}

std::vector<Stage> HebbianSynapse::update() {
  return two_factor::update(k_, parts());
}

}  // namespace plexus

#include "plexus/components/synapses/patched/hebbian_patched_synapse.h"

#include <fmt/format.h>

#include "plexus/components/synapses/hebbian/two_factor_rules.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"

namespace plexus {
namespace {

/// HebbianSynapse's other names for l2 and l1 mean no prior here, as in ngc-learn.
Tagged prior_of(const Tagged& given, const std::string& name) {
  const bool gaussian = given.name == "gaussian";
  if (!gaussian && given.name != "laplacian") return given;
  log_warn("{}: '{}' is no prior of a HebbianPatchedSynapse; write '{}' for one", name, given.name,
           gaussian ? "l2" : "l1");
  return {"none", {0}};
}

}  // namespace

HebbianPatchedSynapse::HebbianPatchedSynapse(const Setup& setup, const Params& params)
    : PatchedSynapse(setup, patched(params)),
      p_(params),
      prior_(two_factor::prior(prior_of(params.prior, setup.name), setup.name + ".prior")),
      optimiser(*this, math::optimiser(params.optim_type), weights.dims(),
                params.bias_init ? &biases.dims() : nullptr) {
  plastic.set(connections(setup.key));
  if (!p_.block_mask) return;
  if (p_.block_mask->shape != weights.shape())
    throw Error(
        Error::Kind::shape, {},
        fmt::format("{}.block_mask has shape {}; expected {}, as the weights", setup.name,
                    plexus::to_string(p_.block_mask->shape), plexus::to_string(weights.shape())));
  block_mask.set(*p_.block_mask);
  auto factors = plastic.own_values();
  const auto given = p_.block_mask->floats();
  for (std::size_t i = 0; i < factors.size(); ++i) factors[i] *= given[i];
}

void HebbianPatchedSynapse::prepare(const Step& step) {
  PatchedSynapse::prepare(step);
  k_ = two_factor::constants(prior_, p_.w_bound, p_.is_nonnegative, p_.sign_value, p_.eta);
}

void HebbianPatchedSynapse::count(const Step& /*step*/) {
  optimiser.advance();
}

std::vector<Stage> HebbianPatchedSynapse::learning() {
  const two_factor::Parts parts{.hebb = outer(scaled(pre, p_.pre_wght), scaled(post, p_.post_wght)),
                                .sum = outer(ones, scaled(post, p_.post_wght)),
                                .bounded = p_.w_bound > 0,
                                .pulled = prior_.lambda != 0,
                                .mask = block_mask,
                                .weights = weights,
                                .dWeights = dWeights,
                                .biases = p_.bias_init ? &biases : nullptr,
                                .dBiases = dBiases};
  return two_factor::learning<&HebbianPatchedSynapse::count>(k_, optimiser, parts, plastic);
}

}  // namespace plexus

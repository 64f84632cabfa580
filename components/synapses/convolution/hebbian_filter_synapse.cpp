#include "plexus/components/synapses/convolution/hebbian_filter_synapse.h"

#include <algorithm>

#include "plexus/components/synapses/hebbian/two_factor_rules.h"

namespace plexus {

HebbianFilterSynapse::HebbianFilterSynapse(const Setup& setup, const Params& params, Taps& taps)
    : FilterSynapse(setup, filters(params), taps),
      p_(params),
      optimiser(*this, math::optimiser(params.optim_type), weights.dims(),
                params.bias_init ? &biases.dims() : nullptr) {}

void HebbianFilterSynapse::prepare(const Step& step) {
  FilterSynapse::prepare(step);
  const float decay = std::max(p_.w_decay, 0.0F);
  k_ = {two_factor::constants({}, p_.w_bound, p_.is_nonnegative, p_.sign_value, p_.eta),
        p_.inverted_decay ? -decay : decay};
}

void HebbianFilterSynapse::correlate(const Step& /*step*/) {
  filters_.correlate(pre.values(), 0, post.values(), dWeights.own_values());
}

/// Over samples and places.
void HebbianFilterSynapse::sum_post(const Step& /*step*/) {
  const auto y = post.values();
  auto db = dBiases.own_values();
  std::ranges::fill(db, 0.0F);
  for (std::size_t i = 0; i < y.size(); i += db.size())
    for (std::size_t o = 0; o < db.size(); ++o) db[o] += y[i + o];
}

void HebbianFilterSynapse::send_back(const Step& /*step*/) {
  filters_.send_back(post.values(), weights.values(), dInputs.own_values());
}

void HebbianFilterSynapse::count(const Step& /*step*/) {
  optimiser.advance();
}

/// Of what `correlate` left in dW.
struct HebbianFilterSynapse::Change {
  static void at(const Constants& k, auto W, auto& D) { D = D * k.sign_value + W * k.w_decay; }
};
struct HebbianFilterSynapse::Sign {
  static void at(const Constants& k, auto& x) { x *= k.sign_value; }
};

std::vector<Stage> HebbianFilterSynapse::learning() {
  const two_factor::Constants& k = k_;
  auto stages = two_factor::counting<&HebbianFilterSynapse::count>(optimiser);
  stages.push_back(whole<&HebbianFilterSynapse::correlate>(reads(pre, post), writes(dWeights)));
  stages.push_back(each_unit<Change>(k_, reads(weights), updates(dWeights)));
  stages.push_back(two_factor::descend(k, optimiser, dWeights, weights, optimiser.weights_1,
                                       optimiser.weights_2));
  if (p_.w_bound > 0) stages.push_back(each_unit<two_factor::Clip>(k, updates(weights)));
  if (!p_.bias_init) return stages;
  stages.push_back(whole<&HebbianFilterSynapse::sum_post>(reads(post), writes(dBiases)));
  stages.push_back(each_unit<Sign>(k_, updates(dBiases)));
  stages.push_back(
      two_factor::descend(k, optimiser, dBiases, biases, optimiser.biases_1, optimiser.biases_2));
  return stages;
}

std::vector<Stage> HebbianFilterSynapse::transmission_back() {
  return {whole<&HebbianFilterSynapse::send_back>(reads(post, weights), writes(dInputs)),
          each_unit<Sign>(k_, updates(dInputs))};
}

}  // namespace plexus

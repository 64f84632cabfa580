#include "plexus/components/synapses/hebbian/trace_stdp_synapse.h"

#include "plexus/components/math/elementary.h"
#include "plexus/components/synapses/hebbian/power_law.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

using namespace power_law;

TraceSTDPSynapse::TraceSTDPSynapse(const Setup& setup, const Params& params)
    : PairSTDPSynapse(setup, dense(params), params.weight_mask), p_(params) {
}

void TraceSTDPSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  k_ = {p_.A_plus, p_.A_minus, p_.eta, p_.mu, p_.w_bound, p_.tau_w > 0 ? 1 / p_.tau_w : 0};
}

struct TraceSTDPSynapse::Potentiate {
  static void at(const Constants& k, auto law, auto hebb, auto mask, auto& W, auto& dW) {
    dW = potentiation(k, law, hebb, W);
    move(k, mask, dW, W);
  }

  static void move(const Constants& k, auto mask, auto dW, auto& W) {
    const auto next = (W + dW * k.eta) - W * k.decay;
    W = mask == 0 ? 0.0F : math::clip(next, 0.0F, k.w_bound);
  }
};

struct TraceSTDPSynapse::Pair {
  static void at(const Constants& k, auto law, auto hebb, auto anti, auto mask, auto& W, auto& dW) {
    dW = potentiation(k, law, hebb, W) - depression(k, law, anti, W);
    Potentiate::move(k, mask, dW, W);
  }
};

std::vector<Stage> TraceSTDPSynapse::learning() {
  const auto law = choose<4>(law_of(p_.mu));
  const bool additive = law.value == Law::additive;
  const Outer hebb =
      outer(shifted(preTrace, -p_.pretrace_target), scaled(postSpike, additive ? p_.A_plus : 1));
  const Outer anti = outer(preSpike, scaled(postTrace, additive ? p_.A_minus : 1));
  if (!(p_.A_minus > 0))
    return {each_synapse<Potentiate>(k_, law, hebb, reads(weight_mask), updates(weights),
                                     looks(dWeights))};
  return {each_synapse<Pair>(k_, law, hebb, anti, reads(weight_mask), updates(weights),
                             looks(dWeights))};
}

}  // namespace plexus

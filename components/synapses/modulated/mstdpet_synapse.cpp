#include "plexus/components/synapses/modulated/mstdpet_synapse.h"

#include <cmath>

#include "plexus/components/math/elementary.h"
#include "plexus/components/synapses/hebbian/power_law.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

using power_law::Law;
constexpr const char* kOneSample = "a reward is that of one sample: give each its own synapse";

}  // namespace

MSTDPETSynapse::MSTDPETSynapse(const Setup& setup, const Params& params)
    : PairSTDPSynapse(setup, dense(params), params.weight_mask), p_(params) {
  require_one_sample(kOneSample);
  outmask.set(p_.outmask0);
}

void MSTDPETSynapse::prepare(const Step& step) {
  require_one_sample(kOneSample);  // the circuit's batch may have grown
  DenseSynapse::prepare(step);
  const bool lasts = p_.tau_elg > 0;
  k_ = {.A_plus = p_.A_plus,
        .A_minus = p_.A_minus,
        .mu = p_.mu,
        .w_bound = p_.w_bound,
        .eta = p_.eta,
        .kept = lasts ? std::exp(-step.dt / p_.tau_elg) * p_.elg_decay : 0,
        .gain = lasts ? 1 / p_.tau_elg : 1,
        .decay = p_.tau_w > 0 ? 1 / p_.tau_w : 0};
}

struct MSTDPETSynapse::Rule {
  static void at(const Constants& k, auto law, auto depresses, auto hebb, auto anti, auto M, auto o,
                 auto& W, auto& E, auto& D) {
    const auto before = W;
    E = E * k.kept + D * k.gain;
    W = math::clip((W + ((E * M) * k.eta) * o) - W * k.decay, 0, k.w_bound);
    D = power_law::potentiation(k, law, hebb, before);
    if constexpr (depresses) D -= power_law::depression(k, law, anti, before);
  }
};

Stage MSTDPETSynapse::learning() {
  const auto law = choose<4>(power_law::law_of(p_.mu));
  const bool additive = law.value == Law::additive;
  return each_synapse<Rule>(
      k_, law, when(p_.A_minus > 0),
      outer(shifted(preTrace, -p_.pretrace_target), scaled(postSpike, additive ? p_.A_plus : 1)),
      outer(preSpike, scaled(postTrace, additive ? p_.A_minus : 1)), reads(modulator, outmask),
      updates(weights, eligibility, dWeights));
}

}  // namespace plexus

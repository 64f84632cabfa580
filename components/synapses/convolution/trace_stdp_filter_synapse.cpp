#include "plexus/components/synapses/convolution/trace_stdp_filter_synapse.h"

#include <algorithm>

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

TraceSTDPFilterSynapse::TraceSTDPFilterSynapse(const Setup& setup, const Params& params, Taps& taps)
    : FilterSynapse(setup, filters(params), taps), p_(params) {}

void TraceSTDPFilterSynapse::prepare(const Step& step) {
  FilterSynapse::prepare(step);
  k_ = {p_.A_plus, p_.A_minus, std::max(p_.w_decay, 0.0F), p_.bound_margin,
        p_.w_bound - p_.bound_margin};
}

void TraceSTDPFilterSynapse::correlate(const Step& /*step*/) {
  filters_.correlate(preTrace.values(), -p_.pretrace_target, postSpike.values(),
                     causal.own_values());
  filters_.correlate(preSpike.values(), 0, postTrace.values(), anticausal.own_values());
}

void TraceSTDPFilterSynapse::send_back(const Step& /*step*/) {
  filters_.send_back(postSpike.values(), weights.values(), dInputs.own_values());
}

struct TraceSTDPFilterSynapse::Learn {
  static void at(const Constants& k, auto bounded, auto causal, auto anticausal, auto eta, auto& W,
                 auto& dW) {
    dW = causal * k.A_plus - anticausal * k.A_minus;
    W = (W + dW * eta) - W * k.w_decay;
    if constexpr (bounded) W = math::clip(W, k.w_least, k.w_most);
  }
};

std::vector<Stage> TraceSTDPFilterSynapse::learning() {
  return {whole<&TraceSTDPFilterSynapse::correlate>(reads(preSpike, preTrace, postSpike, postTrace),
                                                    writes(causal, anticausal)),
          each_unit<Learn>(k_, when(p_.w_bound > 0), reads(causal, anticausal, eta),
                           updates(weights), looks(dWeights))};
}

}  // namespace plexus

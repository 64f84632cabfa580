#include "plexus/components/synapses/hebbian/event_stdp_synapse.h"

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

constexpr float kLeast = 0.01F;  // of W
constexpr const char* kOneSample =
    "times of spikes are those of one sample: give each its own synapse";

}  // namespace

EventSTDPSynapse::EventSTDPSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
  require_one_sample(kOneSample);
}

void EventSTDPSynapse::prepare(const Step& step) {
  require_one_sample(kOneSample);  // the circuit's batch may have grown
  DenseSynapse::prepare(step);
  k_ = {step.t, p_.presyn_win_len, p_.A_plus, p_.A_minus, 1 + p_.lmbda, p_.w_bound};
}

struct EventSTDPSynapse::Window {
  static void at(const Constants& k, auto lasts, auto fired, auto& recent) {
    if constexpr (lasts)
      recent = math::truth(fired > 0 && k.t - k.window < fired);
    else
      recent = math::truth(fired > 0 && fired == k.t);
  }
};

/// hit is 1 where the input fired in time and the unit now, post where the unit fires.
struct EventSTDPSynapse::Rule {
  static void at(const Constants& k, auto hit, auto post, auto eta, auto& W, auto& dW) {
    const auto up = (k.w_bound - W * k.pull) * k.A_plus, down = (-W * k.pull) * k.A_minus;
    dW = (hit != 0 ? up : down) * post;
    W = math::clip(W + dW * eta, kLeast, k.w_bound);
  }
};

}  // namespace plexus

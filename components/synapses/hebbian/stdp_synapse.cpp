#include "plexus/components/synapses/hebbian/stdp_synapse.h"

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

constexpr float kMargin = 0.001F;  // between W and its bounds
constexpr const char* kOneSample =
    "times of spikes are those of one sample: give each its own synapse";

}  // namespace

STDPSynapse::STDPSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
  require_one_sample(kOneSample);
}

void STDPSynapse::prepare(const Step& step) {
  require_one_sample(kOneSample);  // the circuit's batch may have grown
  DenseSynapse::prepare(step);
  k_ = {p_.A_plus,
        math::max(p_.A_minus, 0),
        -1 / p_.tau_plus,
        (p_.rising_depression ? -1 : 1) / p_.tau_minus,
        p_.tau_w > 0 ? step.dt / p_.tau_w : p_.w_decay,
        p_.w_bound - kMargin};
}

struct STDPSynapse::Rule {
  static void at(const Constants& k, auto pre, auto t_pre, auto post, auto t_post, auto eta,
                 auto& W, auto& dW) {
    const auto lag = t_pre > 0 && t_post > 0 ? t_post - t_pre : 0.0F;
    const auto amount = lag > 0 ? post * k.A_plus : -(pre * k.A_minus);
    const auto window = math::exp(lag * (lag > 0 ? k.before : k.after));
    dW = lag == 0 || amount == 0
             ? 0.0F
             : amount * window;  // a window may overflow: nothing times it is nothing
    W = math::clip((W + dW * eta) - W * k.decay, kMargin, k.w_most);
  }
};

}  // namespace plexus

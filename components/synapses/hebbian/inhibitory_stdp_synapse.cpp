#include "plexus/components/synapses/hebbian/inhibitory_stdp_synapse.h"

#include "plexus/components/math/elementary.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

InhibitorySTDPSynapse::InhibitorySTDPSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
  auto W = weights.own_values();
  const auto factors = mask.values();
  for (std::size_t i = 0; i < W.size(); ++i) W[i] *= factors[factors.size() == 1 ? 0 : i];
}

void InhibitorySTDPSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  pre_ = {step.dt / p_.tau_x_pre};
  post_ = {step.dt / p_.tau_x_post};
  k_ = {p_.eta,
        p_.Aplus,
        p_.Aminus,
        2 * p_.rho,
        p_.w_min,
        p_.w_max,
        1 / static_cast<float>(batch_size())};
}

struct InhibitorySTDPSynapse::Trace {
  static void at(const Rate& k, auto s, auto& x) { x += (s - x) * k.rate; }
};

/// hebb and back = Σ_batch x_i s_j and s_i y_j, all = Σ_batch x_i.
struct InhibitorySTDPSynapse::FromSpikes {
  static void at(const Constants& k, auto soft, auto hebb, auto back, auto all, auto mask, auto& W,
                 auto& dW) {
    auto up = hebb + back, down = all * k.twice_rho;
    if constexpr (soft) {
      up *= k.w_max - W;
      down *= W;
    }
    dW = (up * k.Aplus - down * k.Aminus) * k.share;
    W = math::clip(W + dW * k.eta, k.w_min, k.w_max) * mask;
  }
};

/// above = Σ_batch x_i (v_j − rho).
struct InhibitorySTDPSynapse::FromVoltage {
  static void at(const Constants& k, auto above, auto mask, auto& W, auto& dW) {
    dW = above * k.share;
    dW *= dW > 0 ? k.w_max - W : W;
    W = math::clip(W + dW * k.eta, k.w_min, k.w_max) * mask;
  }
};

std::vector<Stage> InhibitorySTDPSynapse::learning() {
  std::vector<Stage> stages{each_unit<Trace>(pre_, reads(s_pre), updates(x_pre)),
                            each_unit<Trace>(post_, reads(s_post), updates(x_post))};
  if (p_.is_volt_dependent)
    stages.push_back(each_synapse<FromVoltage>(k_, outer(x_pre, shifted(v_post, -p_.rho)),
                                               reads(mask), updates(weights), looks(dWeights)));
  else
    stages.push_back(each_synapse<FromSpikes>(
        k_, when(p_.use_soft_bounds), outer(x_pre, s_post), outer(s_pre, x_post),
        outer(x_pre, constant(s_post, 1)), reads(mask), updates(weights), looks(dWeights)));
  return stages;
}

}  // namespace plexus

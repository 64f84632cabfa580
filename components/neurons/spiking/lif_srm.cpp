#include "plexus/components/neurons/spiking/lif_srm.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

LIFSRM::LIFSRM(const Setup& setup, const Params& params)
    : SpikeResponseCell(setup, params.n_units, params.v_rest), p_(params) {}

void LIFSRM::prepare(const Step& step) {
  k_ = {step.t, step.dt, p_.tau_m, p_.thr, p_.v_rest, p_.v_reset, step["t_start"]};
}

/// The response to the last spike, at time t.
auto LIFSRM::after_spike(const Constants& k, float t, auto t_last) {
  return has_spiked(t_last) ? (k.v_reset - k.v_rest) * math::exp(-(t - t_last) / k.tau_m) : 0;
}

struct LIFSRM::Response {
  static void at(const Constants& k, auto current, auto& low, auto& t_last, auto& t_eval, auto& v,
                 auto& s) {
    low = low * math::exp(-(k.t - t_eval) / k.tau_m) + (k.dt / k.tau_m) * current;
    t_eval = k.t;
    const auto u = k.v_rest + low + after_spike(k, k.t, t_last);
    respond(u, k.thr, k.v_reset, k.t, v, s, t_last);
  }
};

struct LIFSRM::Prediction {
  static void at(const Constants& k, auto low, auto t_last, auto& next) {
    const auto drive = low + after_spike(k, k.t_start, t_last), needed = k.thr - k.v_rest;
    const bool reaches = drive > needed && drive > 0;
    const auto ratio = reaches ? drive / math::max(needed, 1e-5F) : 1;
    next = reaches ? k.t_start + k.tau_m * math::log(ratio) : -1;
  }
};

Stage LIFSRM::responding() {
  return each_unit<Response>(k_, reads(current_j), updates(j_lowpass, t_last_spike, last_t_eval),
                             writes(v, s));
}

Stage LIFSRM::predicting() {
  return each_unit<Prediction>(k_, reads(j_lowpass, t_last_spike), writes(next_spike_t));
}

}  // namespace plexus

#include "plexus/components/traces/var_trace.h"

#include "plexus/components/math/elementary/rounded_exp.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

VarTrace::VarTrace(const Setup& setup, const Params& params) : Component(setup), p_(params) {}

VarTrace::Pulse VarTrace::pulse() const {
  if (p_.n_nearest_spikes > 0) return Pulse::saturates;
  return p_.a_delta > 0 ? Pulse::adds : Pulse::sets;
}

float VarTrace::decay(float dt) const {
  if (p_.decay_type == "step" || p_.tau_tr == 0) return 0;
  return p_.decay_type.starts_with("exp") ? math::rounded_exp(-dt / p_.tau_tr) : 1 - dt / p_.tau_tr;
}

void VarTrace::prepare(const Step& step) {
  k_ = {p_.gamma_tr * decay(step.dt), p_.a_delta, p_.P_scale,
        1 / static_cast<float>(p_.n_nearest_spikes)};
}

/// What a saturating pulse adds depends on the trace before its decay.
struct VarTrace::Filter {
  static void at(const Constants& k, auto pulse, auto s, auto& z, auto& y) {
    y = z * k.kept;
    if constexpr (pulse == Pulse::adds)
      y += s * k.a_delta;
    else if constexpr (pulse == Pulse::sets)
      y = y * (1 - s) + s * k.peak;
    else
      y += s * (k.a_delta - z * k.a_spike);
    z = y;
  }
};

}  // namespace plexus

#include "plexus/components/synapses/hebbian/trace_stdp_synapse.h"

#include <cstdint>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

/// How the distance to a bound scales a change. The powers that need no logarithm stand apart.
enum class Law : std::uint8_t { additive, linear, root, power };

Law law_of(float mu) {
  if (!(mu > 0)) return Law::additive;
  if (mu == 1) return Law::linear;
  return mu == 0.5F ? Law::root : Law::power;
}

/// distance^mu
float scale(auto law, float distance, float mu) {
  if constexpr (law == Law::linear) return distance;
  if constexpr (law == Law::root) return math::sqrt(distance);
  if constexpr (law == Law::power) return math::pow(distance, mu);
}

}  // namespace

TraceSTDPSynapse::TraceSTDPSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
  if (!p_.weight_mask) return;
  if (p_.weight_mask->shape != p_.shape)
    throw Error(Error::Kind::shape, {},
                fmt::format("{}.weight_mask has shape {}; expected {}, as the weights", setup.name,
                            plexus::to_string(p_.weight_mask->shape), plexus::to_string(p_.shape)));
  weight_mask.set(*p_.weight_mask);
  auto W = weights.own_values();
  const auto factors = p_.weight_mask->floats();
  for (std::size_t i = 0; i < W.size(); ++i) W[i] *= factors[i];
}

void TraceSTDPSynapse::prepare(const Step& step) {
  DenseSynapse::prepare(step);
  k_ = {p_.A_plus, p_.A_minus, p_.eta, p_.mu, p_.w_bound, p_.tau_w > 0 ? 1 / p_.tau_w : 0};
}

/// hebb = Σ_batch (x_i − pretrace_target) s_j, times A_plus where the law is additive.
struct TraceSTDPSynapse::Potentiate {
  static void at(const Constants& k, auto law, auto decays, auto hebb, auto mask, auto& W,
                 auto& dW) {
    dW = hebb;
    if constexpr (law != Law::additive) dW = (scale(law, k.w_bound - W, k.mu) * hebb) * k.A_plus;
    move(k, decays, mask, dW, W);
  }

  static void move(const Constants& k, auto decays, auto mask, auto dW, auto& W) {
    auto next = W + dW * k.eta;
    if constexpr (decays) next -= W * k.decay;
    W = mask == 0 ? 0.0F : math::clip(next, 0.0F, k.w_bound);
  }
};

/// With anti = Σ_batch s_i y_j, times A_minus where the law is additive.
struct TraceSTDPSynapse::Pair {
  static void at(const Constants& k, auto law, auto decays, auto hebb, auto anti, auto mask,
                 auto& W, auto& dW) {
    if constexpr (law == Law::additive) {
      dW = hebb - anti;
    } else {
      dW = (scale(law, k.w_bound - W, k.mu) * hebb) * k.A_plus;
      dW -= (scale(law, W, k.mu) * anti) * k.A_minus;
    }
    Potentiate::move(k, decays, mask, dW, W);
  }
};

std::vector<Stage> TraceSTDPSynapse::learning() {
  const auto law = choose<4>(law_of(p_.mu));
  const auto decays = when(p_.tau_w > 0);
  const bool additive = law.value == Law::additive;
  const Outer hebb =
      outer(shifted(preTrace, -p_.pretrace_target), scaled(postSpike, additive ? p_.A_plus : 1));
  const Outer anti = outer(preSpike, scaled(postTrace, additive ? p_.A_minus : 1));
  if (!(p_.A_minus > 0))
    return {each_synapse<Potentiate>(k_, law, decays, hebb, reads(weight_mask), updates(weights),
                                     looks(dWeights))};
  return {each_synapse<Pair>(k_, law, decays, hebb, anti, reads(weight_mask), updates(weights),
                             looks(dWeights))};
}

}  // namespace plexus

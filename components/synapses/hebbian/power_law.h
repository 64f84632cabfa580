#pragma once

// How the distance of a weight to its bounds scales spike-timing-dependent plasticity. Included by
// the sources of components only.

#include <cstdint>

#include "plexus/components/math/elementary.h"

namespace plexus::power_law {

/// The two powers that need no logarithm stand apart.
enum class Law : std::uint8_t { additive, linear, root, power };

inline Law law_of(float mu) {
  if (!(mu > 0)) return Law::additive;
  if (mu == 1) return Law::linear;
  return mu == 0.5F ? Law::root : Law::power;
}

/// distance^mu
[[gnu::always_inline]] inline float scale(auto law, float distance, float mu) {
  if constexpr (law == Law::linear) return distance;
  if constexpr (law == Law::root) return math::sqrt(distance);
  if constexpr (law == Law::power) return math::pow(distance, mu);
}

/// hebb = Σ_batch (x_i − pretrace_target) s_j, times A_plus where the law is additive.
[[gnu::always_inline]] inline float potentiation(const auto& k, auto law, float hebb, float W) {
  if constexpr (law == Law::additive)
    return hebb;
  else
    return (scale(law, k.w_bound - W, k.mu) * hebb) * k.A_plus;
}

/// anti = Σ_batch s_i y_j, times A_minus where the law is additive.
[[gnu::always_inline]] inline float depression(const auto& k, auto law, float anti, float W) {
  if constexpr (law == Law::additive)
    return anti;
  else
    return (scale(law, W, k.mu) * anti) * k.A_minus;
}

}  // namespace plexus::power_law

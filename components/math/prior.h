#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/threshold.h"

/// What pulls the state z of a rate cell towards 0: the slope of a prior's negative logarithm in
/// each step, or a threshold after it.
namespace plexus::math {

enum class LeakPrior { gaussian, laplacian, cauchy, exp };

/// gaussian, laplacian, cauchy, exp. Throws Error: config, with the nearest name. (ngc-learn takes
/// other words for gaussian.)
LeakPrior leak_prior(std::string_view name);
std::string_view to_string(LeakPrior prior);
std::vector<std::string> leak_prior_words();
inline constexpr int kLeakPriors = 4;

/// The leak of z under prior P, to be multiplied by its strength.
template <LeakPrior P, class T>
[[gnu::always_inline]] inline T leak(T z) {
  if constexpr (P == LeakPrior::gaussian) {
    return z;
  } else if constexpr (P == LeakPrior::laplacian) {
    return sign(z);
  } else if constexpr (P == LeakPrior::cauchy) {
    return 2 * z / (1 + z * z);
  } else {
    static_assert(P == LeakPrior::exp);
    return exp(-(z * z)) * z * 2;
  }
}

enum class StateThreshold { none, soft, cauchy };

/// none, soft_threshold, cauchy_threshold. Throws Error: config, with the nearest name. (ngc-learn
/// takes other words for none.)
StateThreshold state_threshold(std::string_view name);
std::string_view to_string(StateThreshold threshold);
std::vector<std::string> state_threshold_words();
inline constexpr int kStateThresholds = 3;

/// z after the threshold S with its width λ.
template <StateThreshold S, class T>
[[gnu::always_inline]] inline T shrink(T z, std::type_identity_t<T> lambda) {
  if constexpr (S == StateThreshold::none) {
    return z;
  } else if constexpr (S == StateThreshold::soft) {
    return threshold_soft(z, lambda);
  } else {
    static_assert(S == StateThreshold::cauchy);
    return threshold_cauchy(z, lambda);
  }
}

}  // namespace plexus::math

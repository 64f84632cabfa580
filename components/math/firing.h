#pragma once

#include <type_traits>

#include "plexus/components/math/elementary/rounded_exp.h"
#include "plexus/components/math/matrix_view.h"

/// What cells share that fire when their voltage crosses a threshold: leak, refractoriness,
/// thresholds that adapt, and decay between two times.
namespace plexus::math {

/// The pull towards v_rest that a membrane of conductance g has.
template <class T>
constexpr T leak(T v, std::type_identity_t<T> v_rest, std::type_identity_t<T> g = 1) {
  return (v_rest - v) * g;
}

/// True where a unit is not refractory: its clock has reached the refractory time.
template <class T>
constexpr bool is_ready(T clock, std::type_identity_t<T> refract_time) {
  return clock >= refract_time;
}

/// The refractory clock a step later. It starts again at `start` with a spike, and is never capped:
/// time accumulates in float32, which decides how many steps a refractory time lasts.
template <class T>
constexpr T refractory_clock(T clock, bool spike, std::type_identity_t<T> dt,
                             std::type_identity_t<T> start = 0) {
  return spike ? start : clock + dt;
}

/// exp(−dt/tau), in double and rounded once: of the slowest decays one unit in the last place is
/// half.
inline float decay(float dt, float tau) {
  return rounded_exp(-dt / tau);
}

/// A homeostatic threshold a step later: what is kept of it, and what a spike adds.
template <class T>
constexpr T homeostasis(T theta, std::type_identity_t<T> spike, std::type_identity_t<T> kept,
                        std::type_identity_t<T> plus) {
  return theta * kept + spike * plus;
}

/// Thresholds that aim at one spike a sample: those of a row rise by `gain` for each spike there
/// but the first, and sink by `gain` if there is none; they stay above 0.025.
void aim_at_one_spike(ConstMatrixView spikes, float gain, MatrixView thr);

}  // namespace plexus::math

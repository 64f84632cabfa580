#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/core/tensor.h"

/// Explicit Runge–Kutta methods for dx/dt = f(t, x).
namespace plexus::math {

enum class Integrator {
  euler,     // first order
  midpoint,  // second order, the slope half a step ahead
  heun,      // second order, the mean of the slopes at both ends
  ralston,   // second order, abscissa 3/4, weights 1/3 and 2/3
  rk4,       // fourth order
};

/// Accepts ngc-learn's spellings: euler, rk1; midpoint, rk2; heun, rk2_heun; ralston, rk2_ralston;
/// rk4. Throws Error: config, with the nearest one. (ngc-learn takes other words for euler, and
/// most of its cells run euler for heun, ralston and rk4 too; Plexus runs what is asked for.)
Integrator integrator(std::string_view name);
std::string_view to_string(Integrator method);
std::vector<std::string> integrator_words();
inline constexpr int kIntegrators = 5;

/// The value of x one step later, where dx/dt = f(x) and all else is held still: for the equation
/// texts of cells. f takes and returns one value.
template <Integrator I, class T, class F>
constexpr T step(T x, const F& f, float dt) {
  if constexpr (I == Integrator::euler) {
    return x + f(x) * dt;
  } else if constexpr (I == Integrator::midpoint) {
    const T k1 = f(x);
    return x + f(x + k1 * (dt * 0.5F)) * dt;
  } else if constexpr (I == Integrator::heun) {
    const T k1 = f(x), k2 = f(x + k1 * dt);
    return x + (k1 + k2) * (dt * 0.5F);
  } else if constexpr (I == Integrator::ralston) {
    const T k1 = f(x), k2 = f(x + k1 * (dt * 0.75F));
    return x + (k1 * (1.0F / 3) + k2 * (2.0F / 3)) * dt;
  } else {
    static_assert(I == Integrator::rk4);
    const T k1 = f(x);
    const T k2 = f(x + k1 * (dt * 0.5F));
    const T k3 = f(x + k2 * (dt * 0.5F));
    const T k4 = f(x + k3 * dt);
    return x + (k1 + k2 * 2 + k3 * 2 + k4) / 6 * dt;
  }
}

/// dx = f(t, x, params) for a whole state, which may hold several states one after the other.
using RightHandSide = std::function<void(float t, std::span<const float> x,
                                         std::span<const float> params, std::span<float> dx)>;

/// Steps whole states. Keeps the memory of the stages, so that only the first step allocates.
class OdeStepper {
 public:
  explicit OdeStepper(Integrator method) : method_(method) {}

  /// Moves t and x on by dt. `x_scale` damps x in every stage: a stage and the result start from
  /// x·x_scale.
  void step(float& t, std::span<float> x, const RightHandSide& f, float dt,
            std::span<const float> params = {}, float x_scale = 1);

 private:
  void advance(std::span<const float> x, float x_scale, std::span<const float> k, float h);

  Integrator method_;
  std::vector<float> k1_, k2_, k3_, k4_, stage_;
};

/// What `solve_ode` returns: times and states *after* each of n steps.
struct Solution {
  std::vector<float> t;  // (n,)
  Tensor x;              // (n, size of the state)
};

/// Takes `n_steps` steps from (t0, x0). Time accumulates in float32.
Solution solve_ode(Integrator method, float t0, std::span<const float> x0, int n_steps,
                   const RightHandSide& f, float dt, std::span<const float> params = {},
                   float x_scale = 1);
Solution solve_ode(std::string_view method, float t0, std::span<const float> x0, int n_steps,
                   const RightHandSide& f, float dt, std::span<const float> params = {},
                   float x_scale = 1);

/// Moves t, positions q and momenta p on by `n_steps` steps h of d²q/dt² = f(t, q): kick half a
/// step, drift, kick half a step. Second order and symplectic. (ngc-learn drifts with the momentum
/// before the kick, which is neither.)
void leapfrog(float& t, std::span<float> q, std::span<float> p, const RightHandSide& f, int n_steps,
              float h, std::span<const float> params = {});

}  // namespace plexus::math

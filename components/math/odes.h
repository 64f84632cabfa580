#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "plexus/components/math/ode.h"

namespace plexus::math {

/// A ready-made system of differential equations, none of which depends on time.
struct OdeSystem {
  std::string_view name;
  std::string_view doc;             // the equations
  int dims;                         // a state of more values is a batch of such states
  std::span<const float> start;     // a suggested start
  std::span<const float> defaults;  // the parameters, where `params` is empty

  /// dx = f(x, params). Throws Error: shape, if x is no whole number of states or params of the
  /// wrong length.
  void operator()(float t, std::span<const float> x, std::span<const float> params,
                  std::span<float> dx) const;

  void (*one)(const float* x, const float* params, float* dx);  // for one state
};

/// linear_2D, cubic_2D, lorenz, linear_3D, oscillator.
std::span<const OdeSystem> ode_systems();

/// The system of that name. The reference stays valid. Throws Error: config, with the nearest name.
const OdeSystem& ode_system(std::string_view name);

}  // namespace plexus::math

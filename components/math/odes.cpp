#include "plexus/components/math/odes.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

/// A focus: the state turns as it decays.
void turn(float x, float y, float* dx) {
  dx[0] = -0.1F * x + 2 * y;
  dx[1] = -2 * x - 0.1F * y;
}

void linear_2D(const float* x, const float*, float* dx) {
  turn(x[0], x[1], dx);
}

void cubic_2D(const float* x, const float*, float* dx) {
  turn(x[0] * x[0] * x[0], x[1] * x[1] * x[1], dx);
}

void lorenz(const float* s, const float*, float* ds) {
  const float x = s[0], y = s[1], z = s[2];
  ds[0] = 10 * y - 10 * x;
  ds[1] = 28 * x - x * z - y;
  ds[2] = x * y - 8.0F / 3 * z;
}

void linear_3D(const float* x, const float*, float* dx) {
  turn(x[0], x[1], dx);
  dx[2] = -0.3F * x[2];
}

void oscillator(const float* s, const float* params, float* ds) {
  const float x = s[0], y = s[1], z = s[2];
  const float mu1 = params[0], mu2 = params[1], omega = params[2];
  const float alpha = params[3], beta = params[4], sigma = params[5];
  ds[0] = mu1 * x + sigma * x * y;
  ds[1] = mu2 * y + (omega + alpha * y + beta * z) * z - sigma * (x * x);
  ds[2] = mu2 * z - omega * y - alpha * y * y - beta * z * y;
}

constexpr float kLinear2DStart[] = {3, -1.5F};
constexpr float kCubic2DStart[] = {2, 0};
constexpr float kLorenzStart[] = {-8, 7, 27};
constexpr float kLinear3DStart[] = {1, 1, -1};
constexpr float kOscillatorStart[] = {0.5F, 0.05F, 0.1F};
constexpr float kOscillatorParams[] = {0.05F, -0.01F, 3, -2, -5, 1.1F};

// clang-format off
constexpr auto kSystems = std::to_array<OdeSystem>({
    {"linear_2D", "dx/dt = -0.1 x + 2 y, dy/dt = -2 x - 0.1 y", 2, kLinear2DStart, {}, linear_2D},
    {"cubic_2D", "dx/dt = -0.1 x^3 + 2 y^3, dy/dt = -2 x^3 - 0.1 y^3", 2, kCubic2DStart, {}, cubic_2D},
    {"lorenz", "dx/dt = 10 (y - x), dy/dt = 28 x - x z - y, dz/dt = x y - 8/3 z", 3, kLorenzStart, {}, lorenz},
    {"linear_3D", "dx/dt = -0.1 x + 2 y, dy/dt = -2 x - 0.1 y, dz/dt = -0.3 z", 3, kLinear3DStart, {}, linear_3D},
    {"oscillator", "dx/dt = mu1 x + sigma x y, dy/dt = mu2 y + (omega + alpha y + beta z) z - sigma x^2, "
                   "dz/dt = mu2 z - omega y - alpha y^2 - beta z y; params mu1, mu2, omega, alpha, beta, sigma",
     3, kOscillatorStart, kOscillatorParams, oscillator},
});
// clang-format on

}  // namespace

void OdeSystem::operator()(float, std::span<const float> x, std::span<const float> params,
                           std::span<float> dx) const {
  const auto size = static_cast<std::size_t>(dims);
  if (x.size() % size != 0)
    throw Error{Error::Kind::shape,
                {},
                fmt::format("{} has states of {} values; got {} values", name, dims, x.size()),
                "give whole states, one after the other"};
  if (!params.empty() && params.size() != defaults.size())
    throw Error{Error::Kind::shape,
                {},
                fmt::format("{} has {} parameters; got {}", name, defaults.size(), params.size()),
                "give all of them, or none for the defaults"};

  const float* constants = params.empty() ? defaults.data() : params.data();
  for (std::size_t i = 0; i < x.size(); i += size) one(&x[i], constants, &dx[i]);
}

std::span<const OdeSystem> ode_systems() {
  return kSystems;
}

const OdeSystem& ode_system(std::string_view name) {
  for (const auto& system : kSystems)
    if (system.name == name) return system;

  std::vector<std::string> names;
  for (const auto& system : kSystems) names.emplace_back(system.name);
  throw Error{Error::Kind::config,
              {},
              "unknown system of equations '" + std::string{name} + "'",
              did_you_mean(name, names)};
}

}  // namespace plexus::math

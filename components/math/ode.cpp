#include "plexus/components/math/ode.h"

#include "plexus/components/math/names.h"

namespace plexus::math {
namespace {

constexpr Named<Integrator> kIntegratorNames[] = {
    {"euler", Integrator::euler},       {"rk1", Integrator::euler},
    {"midpoint", Integrator::midpoint}, {"rk2", Integrator::midpoint},
    {"heun", Integrator::heun},         {"rk2_heun", Integrator::heun},
    {"ralston", Integrator::ralston},   {"rk2_ralston", Integrator::ralston},
    {"rk4", Integrator::rk4},
};

}  // namespace

Integrator integrator(std::string_view name) {
  return value_of("integrator", name, kIntegratorNames);
}

std::string_view to_string(Integrator method) {
  return name_of(method, kIntegratorNames);
}

std::vector<std::string> integrator_words() {
  return words_of(kIntegratorNames);
}

/// stage = x·x_scale + k·h.
void OdeStepper::advance(std::span<const float> x, float x_scale, std::span<const float> k,
                         float h) {
  for (std::size_t i = 0; i < x.size(); ++i) stage_[i] = x[i] * x_scale + k[i] * h;
}

void OdeStepper::step(float& t, std::span<float> x, const RightHandSide& f, float dt,
                      std::span<const float> params, float x_scale) {
  const std::size_t n = x.size();
  stage_.resize(n);
  for (auto* k : {&k1_, &k2_, &k3_, &k4_}) k->resize(n);
  const float half = dt * 0.5F;

  // k1_ ends as the mean slope over the step.
  f(t, x, params, k1_);
  switch (method_) {
    case Integrator::euler: break;
    case Integrator::midpoint:
      advance(x, x_scale, k1_, half);
      f(t + half, stage_, params, k2_);
      k1_.swap(k2_);
      break;
    case Integrator::heun:
      advance(x, x_scale, k1_, dt);
      f(t + dt, stage_, params, k2_);
      for (std::size_t i = 0; i < n; ++i) k1_[i] += k2_[i];
      break;
    case Integrator::ralston:
      advance(x, x_scale, k1_, dt * 0.75F);
      f(t + dt * 0.75F, stage_, params, k2_);
      for (std::size_t i = 0; i < n; ++i) k1_[i] = k1_[i] * (1.0F / 3) + k2_[i] * (2.0F / 3);
      break;
    case Integrator::rk4:
      advance(x, x_scale, k1_, half);
      f(t + half, stage_, params, k2_);
      advance(x, x_scale, k2_, half);
      f(t + half, stage_, params, k3_);
      advance(x, x_scale, k3_, dt);
      f(t + dt, stage_, params, k4_);
      for (std::size_t i = 0; i < n; ++i) k1_[i] = (k1_[i] + k2_[i] * 2 + k3_[i] * 2 + k4_[i]) / 6;
      break;
  }

  // heun's sum of two slopes is halved with the step, as the reference does.
  const float h = method_ == Integrator::heun ? half : dt;
  for (std::size_t i = 0; i < n; ++i) x[i] = x[i] * x_scale + k1_[i] * h;
  t += dt;
}

Solution solve_ode(Integrator method, float t0, std::span<const float> x0, int n_steps,
                   const RightHandSide& f, float dt, std::span<const float> params, float x_scale) {
  OdeStepper stepper{method};
  float t = t0;
  std::vector<float> x{x0.begin(), x0.end()};
  std::vector<float> times, states;
  for (int i = 0; i < n_steps; ++i) {
    stepper.step(t, x, f, dt, params, x_scale);
    times.push_back(t);
    states.insert(states.end(), x.begin(), x.end());
  }
  const auto n = static_cast<std::int64_t>(times.size());
  return {std::move(times), {{n, static_cast<std::int64_t>(x.size())}, std::move(states)}};
}

Solution solve_ode(std::string_view method, float t0, std::span<const float> x0, int n_steps,
                   const RightHandSide& f, float dt, std::span<const float> params, float x_scale) {
  return solve_ode(integrator(method), t0, x0, n_steps, f, dt, params, x_scale);
}

void leapfrog(float& t, std::span<float> q, std::span<float> p, const RightHandSide& f, int n_steps,
              float h, std::span<const float> params) {
  std::vector<float> a(q.size());
  const auto kick = [&] {
    f(t, q, params, a);
    for (std::size_t i = 0; i < p.size(); ++i) p[i] += a[i] * (h * 0.5F);
  };
  for (int n = 0; n < n_steps; ++n) {
    kick();
    for (std::size_t i = 0; i < q.size(); ++i) q[i] += p[i] * h;
    t += h;
    kick();
  }
}

}  // namespace plexus::math

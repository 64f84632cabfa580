#include "plexus/components/math/odes.h"

#include <array>
#include <set>

#include <gmock/gmock.h>

#include "plexus/core/error.h"
#include "tests/components/math/tables.h"

namespace plexus::math {
namespace {

using testing::Eq;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(OdeSystem, IsFoundByName) {
  EXPECT_EQ(ode_system("lorenz").dims, 3);
  EXPECT_THAT(
      [] { ode_system("lorentz"); },
      ThrowsMessage<Error>(Eq("unknown system of equations 'lorentz'\n  did you mean 'lorenz'?")));
}

TEST(OdeSystem, RefusesPartsOfStates) {
  std::array<float, 4> x{}, dx{};
  EXPECT_THAT([&] { ode_system("lorenz")(0, x, {}, dx); },
              ThrowsMessage<Error>(HasSubstr("lorenz has states of 3 values; got 4 values")));
}

TEST(Oscillator, TakesItsConstantsFromParams) {
  const auto& system = ode_system("oscillator");
  const std::array<float, 3> x{1, 2, 3};
  std::array<float, 3> dx{}, silent{};
  const std::array<float, 6> zeros{};

  system(0, x, {}, dx);
  system(0, x, zeros, silent);

  EXPECT_FLOAT_EQ(dx[0], 0.05F + 1.1F * 2);
  EXPECT_EQ(silent, (std::array<float, 3>{}));
  EXPECT_THROW(system(0, x, std::span{zeros}.first(2), dx), Error);
}

/// Oracles of the catalogue: dt = 0.01 from the suggested start.
struct Trajectory {
  const char* system;
  std::vector<float> slope;      // f(x0)
  std::vector<float> rk4_once;   // after one step
  std::vector<float> rk4_100;    // after 100 steps
  std::vector<float> euler_100;  // after 100 steps
};

class FromTheStart : public testing::TestWithParam<Trajectory> {
 protected:
  const OdeSystem& system_ = ode_system(GetParam().system);

  std::vector<float> after(int n_steps, Integrator method) const {
    const auto solution = solve_ode(method, 0, system_.start, n_steps, system_, 0.01F);
    const auto last = solution.x.floats().last(system_.start.size());
    return {last.begin(), last.end()};
  }
};

TEST_P(FromTheStart, AgreesWithTheReference) {
  std::vector<float> slope(system_.start.size());
  system_(0, system_.start, {}, slope);

  EXPECT_TRUE(agrees(slope, GetParam().slope, {2e-7, 2e-7}));
  EXPECT_TRUE(agrees(after(1, Integrator::rk4), GetParam().rk4_once, {1e-6}));
  EXPECT_TRUE(agrees(after(100, Integrator::rk4), GetParam().rk4_100, {1e-5}));
  EXPECT_TRUE(agrees(after(100, Integrator::euler), GetParam().euler_100, {1e-5}));
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(All, FromTheStart, testing::Values(
    Trajectory{"linear_2D", {-3.29999995F, -5.8499999F}, {2.966434F, -1.55813706F},
               {-2.36378574F, -1.90348101F}, {-2.41486669F, -1.93772125F}},
    Trajectory{"cubic_2D", {-0.800000012F, -16}, {1.99202752F, -0.159044534F},
               {0.70925653F, 1.50410926F}, {1.72553349F, 0.783569098F}},
    Trajectory{"lorenz", {150, -15, -128}, {-6.58102131F, 6.81474972F, 25.7931499F},
               {5.52375555F, 9.51891994F, 13.583601F}, {-5.52687979F, -9.66466331F, 13.0671968F}},
    Trajectory{"linear_3D", {1.89999998F, -2.0999999F, 0.300000012F}, {1.0187794F, 0.978822052F, -0.997004509F},
               {0.446221232F, -1.19931149F, -0.740818262F}, {0.453106344F, -1.22431016F, -0.740484536F}},
    Trajectory{"oscillator", {0.0525000021F, -0.03549999F, -0.121000014F}, {0.500524282F, 0.0496309921F, 0.0987927467F},
               {0.52640444F, -0.0503519028F, 0.0980408192F}, {0.526544511F, -0.0518475659F, 0.0975200832F}}),
    [](const auto& test) { return std::string{test.param.system}; });
// clang-format on

class OdeTables : public testing::Test {
 protected:
  const std::map<std::string, Tensor> tables_ = golden_tables("ode");
  std::set<std::string> seen_;

  std::span<const float> table(const std::string& name) {
    seen_.insert(name);
    return tables_.at(name).floats();
  }
  void check(const std::string& name, std::span<const float> actual, double tolerance) {
    EXPECT_TRUE(agrees(actual, table(name), {tolerance, tolerance})) << name;
  }
};

/// Of the systems in the table, `forced` alone depends on time and parameters.
RightHandSide system_named(const std::string& name) {
  if (name != "forced") return ode_system(name);
  return [](float t, auto x, auto params, auto dx) {
    for (std::size_t i = 0; i < x.size(); ++i) dx[i] = -params[0] * x[i] + params[1] * t;
  };
}

TEST_F(OdeTables, AreWhatOurSolversReturn) {
  constexpr double kOneStep = 1e-6, kManySteps = 1e-5;
  const float t0 = table("t0")[0];
  for (const std::string name :
       {"linear_2D", "cubic_2D", "lorenz", "linear_3D", "oscillator", "forced"}) {
    const auto f = system_named(name);
    const auto params = name == "forced" ? table("params") : std::span<const float>{};
    const auto x0 = table(name + ".x0");

    std::vector<float> slope(x0.size());
    f(t0, x0, params, slope);
    check(name + ".f", slope, kOneStep);

    for (const std::string method : {"euler", "heun", "rk2", "ralston", "rk4"}) {
      std::vector<float> states, times;
      for (const float dt : table("dt"))
        for (const float x_scale : table("x_scale")) {
          float t = t0;
          std::vector<float> x{x0.begin(), x0.end()};
          OdeStepper{integrator(method)}.step(t, x, f, dt, params, x_scale);
          states.insert(states.end(), x.begin(), x.end());
          times.push_back(t);
        }
      check(name + "." + method, states, kOneStep);
      check(method + ".t", times, kOneStep);

      const auto start = table(name + ".solve.start");
      const float dt = table(name + ".solve.dt")[0];
      const int n_steps = static_cast<int>(table(name + ".solve.t").size());
      const auto plain = solve_ode(method, t0, start, n_steps, f, dt, params);
      const auto scaled = solve_ode(method, t0, start, n_steps, f, dt, params, 0.99F);
      check(name + ".solve.t", plain.t, kOneStep);
      check(name + "." + method + ".solve", plain.x.floats(), kManySteps);
      check(name + "." + method + ".solve_scaled", scaled.x.floats(), kManySteps);
    }
  }

  for (const auto& [name, _] : tables_) EXPECT_TRUE(seen_.contains(name)) << name;
}

}  // namespace
}  // namespace plexus::math

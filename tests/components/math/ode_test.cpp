#include "plexus/components/math/ode.h"

#include <array>
#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::FloatEq;
using testing::Pointwise;
using testing::ThrowsMessage;

using enum Integrator;

TEST(IntegratorName, AcceptsAllSpellings) {
  EXPECT_EQ(integrator("euler"), euler);
  EXPECT_EQ(integrator("rk1"), euler);
  EXPECT_EQ(integrator("midpoint"), midpoint);
  EXPECT_EQ(integrator("rk2"), midpoint);
  EXPECT_EQ(integrator("heun"), heun);
  EXPECT_EQ(integrator("rk2_heun"), heun);
  EXPECT_EQ(integrator("ralston"), ralston);
  EXPECT_EQ(integrator("rk2_ralston"), ralston);
  EXPECT_EQ(integrator("rk4"), rk4);
}

TEST(IntegratorName, IsRefusedIfUnknown) {
  EXPECT_THAT([] { integrator("ralstn"); },
              ThrowsMessage<Error>(Eq("unknown integrator 'ralstn'\n  did you mean 'ralston'?")));
  EXPECT_THROW(integrator("runge_kutta"), Error);
}

TEST(IntegratorName, IsWrittenAsItIsRead) {
  for (const auto method : {euler, midpoint, heun, ralston, rk4})
    EXPECT_EQ(integrator(to_string(method)), method);
}

/// f = −a x + b t at t = 1, x = (2, −1), with dt = 0.1, a = 3, b = 0.5.
struct Reference {
  Integrator method;
  std::array<float, 2> plain, scaled;  // x', with x_scale 1 and 0.9
};

class OneStep : public testing::TestWithParam<Reference> {
 protected:
  static std::array<float, 2> stepped(float x_scale) {
    constexpr std::array<float, 2> kParams{3, 0.5F};
    const RightHandSide forced = [](float t, auto x, auto params, auto dx) {
      for (std::size_t i = 0; i < x.size(); ++i) dx[i] = -params[0] * x[i] + params[1] * t;
    };
    std::array<float, 2> x{2, -1};
    float t = 1;
    OdeStepper{GetParam().method}.step(t, x, forced, 0.1F, kParams, x_scale);
    EXPECT_FLOAT_EQ(t, 1.1F);
    return x;
  }
};

TEST_P(OneStep, AgreesWithTheReference) {
  EXPECT_THAT(stepped(1), Pointwise(FloatEq(), GetParam().plain));
  EXPECT_THAT(stepped(0.9F), Pointwise(FloatEq(), GetParam().scaled));
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(All, OneStep, testing::Values(
    Reference{euler,    {1.45000005F, -0.649999976F}, {1.25F,       -0.549999952F}},
    Reference{heun,     {1.53499997F, -0.699999988F}, {1.36500001F, -0.61500001F}},
    Reference{midpoint, {1.53499997F, -0.699999988F}, {1.39499998F, -0.629999995F}},
    Reference{ralston,  {1.53499997F, -0.699999988F}, {1.375F,      -0.620000005F}},
    Reference{rk4,      {1.52713752F, -0.695374966F}, {1.37158751F, -0.617599964F}}),
    [](const auto& test) { return std::string{to_string(test.param.method)}; });
// clang-format on

template <class Method>
class ScalarStep : public testing::Test {};
using Methods = testing::Types<
    std::integral_constant<Integrator, euler>, std::integral_constant<Integrator, midpoint>,
    std::integral_constant<Integrator, heun>, std::integral_constant<Integrator, ralston>,
    std::integral_constant<Integrator, rk4>>;
TYPED_TEST_SUITE(ScalarStep, Methods);

TYPED_TEST(ScalarStep, GivesTheBitsOfTheVectorForm) {
  constexpr Integrator kMethod = TypeParam::value;
  const auto f = [](float x) { return 0.3F * x * x - 1.7F * x + 0.2F; };
  const RightHandSide each = [&](float, auto x, auto, auto dx) {
    for (std::size_t i = 0; i < x.size(); ++i) dx[i] = f(x[i]);
  };
  std::array<float, 5> x{-2, -0.7F, 0.1F, 1.3F, 4};
  auto expected = x;
  float t = 0;
  OdeStepper stepper{kMethod};

  for (int i = 0; i < 20; ++i) {
    stepper.step(t, expected, each, 0.07F);
    for (float& v : x) v = step<kMethod>(v, f, 0.07F);
  }

  EXPECT_EQ(x, expected);
}

/// The error of exp(−1) by steps of dx/dt = −x, in double so that rounding does not show.
template <Integrator I>
double error_with(int n_steps) {
  double x = 1;
  for (int i = 0; i < n_steps; ++i)
    x = step<I>(
        x, [](double y) { return -y; }, 1.0F / static_cast<float>(n_steps));
  return std::fabs(x - std::exp(-1.0));
}

TEST(Order, IsOneForEulerTwoForTheTwoStageMethodsAndFourForRk4) {
  EXPECT_NEAR(std::log2(error_with<euler>(16) / error_with<euler>(32)), 1, 0.1);
  EXPECT_NEAR(std::log2(error_with<midpoint>(16) / error_with<midpoint>(32)), 2, 0.1);
  EXPECT_NEAR(std::log2(error_with<heun>(16) / error_with<heun>(32)), 2, 0.1);
  EXPECT_NEAR(std::log2(error_with<ralston>(16) / error_with<ralston>(32)), 2, 0.1);
  EXPECT_NEAR(std::log2(error_with<rk4>(16) / error_with<rk4>(32)), 4, 0.1);
}

/// The same for whole states, with few enough steps for float32, and a slope that depends on time:
/// x' = 2 t x from x = 1 to t = 1, which is e.
class OrderOfStepper : public testing::TestWithParam<std::pair<Integrator, double>> {
 protected:
  static double error_with(int n_steps) {
    const RightHandSide growth = [](float t, auto x, auto, auto dx) { dx[0] = 2 * t * x[0]; };
    const std::array<float, 1> start{1};
    const Solution solution =
        solve_ode(GetParam().first, 0, start, n_steps, growth, 1.0F / static_cast<float>(n_steps));
    return std::fabs(static_cast<double>(solution.x.floats().back()) - std::exp(1.0));
  }
};

TEST_P(OrderOfStepper, IsWhatItsNamePromises) {
  EXPECT_NEAR(std::log2(error_with(4) / error_with(8)), GetParam().second, 0.35);
}

INSTANTIATE_TEST_SUITE_P(All, OrderOfStepper,
                         testing::Values(std::pair{euler, 1.0}, std::pair{midpoint, 2.0},
                                         std::pair{heun, 2.0}, std::pair{ralston, 2.0},
                                         std::pair{rk4, 4.0}),
                         [](const auto& test) { return std::string{to_string(test.param.first)}; });

const RightHandSide kSpring = [](float, auto q, auto, auto a) {
  for (std::size_t i = 0; i < q.size(); ++i) a[i] = -q[i];
};

TEST(SolveOde, ReturnsTheStatesAfterEachStep) {
  const RightHandSide constant = [](float, auto, auto, auto dx) { dx[0] = 2; };
  const std::array<float, 1> start{1};

  const Solution solution = solve_ode("euler", 10, start, 3, constant, 0.5F);

  EXPECT_THAT(solution.t, ElementsAre(10.5F, 11, 11.5F));
  EXPECT_EQ(solution.x, (Tensor{{3, 1}, std::vector<float>{2, 3, 4}}));
}

TEST(SolveOde, AccumulatesTimeInFloat32) {
  const std::array<float, 1> start{1};
  EXPECT_EQ(solve_ode(euler, 0, start, 100, kSpring, 0.01F).t.back(), 0.999999344F);
}

TEST(SolveOde, AcceptsEverySpellingAndRefusesOthers) {
  const std::array<float, 1> start{1};
  EXPECT_EQ(solve_ode("midpoint", 0, start, 5, kSpring, 0.1F).x,
            solve_ode("rk2", 0, start, 5, kSpring, 0.1F).x);
  EXPECT_THROW(solve_ode("rk5", 0, start, 5, kSpring, 0.1F), Error);
}

TEST(Leapfrog, KicksDriftsAndKicks) {
  float t = 0;
  std::array<float, 1> q{1}, p{0};

  leapfrog(t, q, p, kSpring, 1, 0.1F);

  EXPECT_FLOAT_EQ(t, 0.1F);
  EXPECT_FLOAT_EQ(q[0], 0.995F);
  EXPECT_FLOAT_EQ(p[0], -0.09975F);
}

TEST(Leapfrog, IsOfSecondOrder) {
  const auto error_with = [](int n_steps) {
    float t = 0;
    std::array<float, 1> q{1}, p{0};
    leapfrog(t, q, p, kSpring, n_steps, 2.0F / static_cast<float>(n_steps));
    return std::fabs(static_cast<double>(q[0]) - std::cos(2.0));
  };
  EXPECT_NEAR(std::log2(error_with(10) / error_with(20)), 2, 0.1);
}

TEST(Leapfrog, KeepsTheEnergyOverManyTurns) {
  float t = 0;
  std::array<float, 1> q{1}, p{0};
  for (int i = 0; i < 100; ++i) {
    leapfrog(t, q, p, kSpring, 63, 0.1F);
    EXPECT_NEAR(q[0] * q[0] + p[0] * p[0], 1, 3e-3F) << t;
  }
}

}  // namespace
}  // namespace plexus::math

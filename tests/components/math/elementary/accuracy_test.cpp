#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/elementary/rounded_exp.h"
#include "tests/support/infinity.h"

namespace plexus::math {
namespace {

using test::kInfinity;
constexpr float kLeastNormal = std::numeric_limits<float>::min();

/// How far `y` is from `exact`, in units in the last place of a float there.
double ulps(float y, double exact) {
  int exponent = 0;
  std::frexp(exact, &exponent);
  return std::fabs(static_cast<double>(y) - exact) / std::ldexp(1.0, exponent - 24);
}

/// A function, the library's in double, and where and how well they must agree.
struct Promise {
  const char* name;
  float (*f)(float);
  double (*exact)(double);
  double bound;
  float from = -kInfinity, to = kInfinity;
};

double exact_sigmoid(double x) {
  return 1 / (1 + std::exp(-x));
}

class ElementaryFunction : public testing::TestWithParam<Promise> {};

// Every 97th bit pattern, of all exponents and both signs.
TEST_P(ElementaryFunction, IsWithinItsBound) {
  const Promise& p = GetParam();
  double worst = 0;
  float worst_at = 0;
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += 97) {
    const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (!(x >= p.from && x <= p.to)) continue;
    const double exact = p.exact(static_cast<double>(x));
    const float y = p.f(x), rounded = static_cast<float>(exact);
    if (std::isnan(exact)) {
      ASSERT_TRUE(std::isnan(y)) << x;
    } else if (std::isinf(rounded)) {
      ASSERT_EQ(y, rounded) << x;
    } else if (std::fabs(rounded) < kLeastNormal) {
      ASSERT_NEAR(y, rounded, 3e-45F) << x;
    } else if (const double error = ulps(y, exact); !(error <= worst)) {
      worst = error;
      worst_at = x;
    }
  }
  EXPECT_LE(worst, p.bound) << fmt::format("at {:a}", worst_at);
  EXPECT_GT(worst, 0.4) << "compared with itself?";
  RecordProperty("worst_ulp", fmt::format("{:.3f}", worst));
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(, ElementaryFunction, testing::Values(
    Promise{"exp", exp, std::exp, 1},
    Promise{"log", log, std::log, 1},
    Promise{"log1p", log1p, std::log1p, 2},
    Promise{"tanh", tanh, std::tanh, 2},
    Promise{"sigmoid", sigmoid, exact_sigmoid, 2},
    Promise{"sin", sin, std::sin, 2, -0x1p20F, 0x1p20F},
    Promise{"cos", cos, std::cos, 2, -0x1p20F, 0x1p20F},
    Promise{"atan", atan, std::atan, 2},
    Promise{"rounded_exp", rounded_exp, std::exp, 0.5001},
    Promise{"power_0_3", [](float x) { return pow(x, 0.3F); }, [](double x) { return std::pow(x, static_cast<double>(0.3F)); }, 0.5001},
    Promise{"power_minus_3", [](float x) { return pow(x, -3); }, [](double x) { return std::pow(x, -3); }, 0.5001},
    Promise{"of_0_999", [](float x) { return pow(0.999F, x); }, [](double x) { return std::pow(static_cast<double>(0.999F), x); }, 0.5001}),
    [](const auto& test) { return std::string{test.param.name}; });
// clang-format on

// Dense where the range reduction is hardest.
TEST(Sine, IsWithinItsBoundAtAndNearMultiplesOfHalfPi) {
  for (int n = -600'000; n <= 600'000; ++n) {
    const auto centre = static_cast<float>(n * 1.57079632679489661923);
    for (const float x :
         {std::nextafter(centre, -kInfinity), centre, std::nextafter(centre, kInfinity)}) {
      if (x == 0) continue;
      ASSERT_LE(ulps(sin(x), std::sin(static_cast<double>(x))), 2) << fmt::format("{:a}", x);
      ASSERT_LE(ulps(cos(x), std::cos(static_cast<double>(x))), 2) << fmt::format("{:a}", x);
    }
  }
}

TEST(Sine, LosesPrecisionSlowlyBeyondItsRange) {
  for (float x = 0x1p20F; x <= 0x1p40F; x *= 1.0007F) {
    const auto exact = static_cast<double>(x);
    const double allowed = exact * 0x1p-51 + 0x1p-23;
    ASSERT_NEAR(sin(x), std::sin(exact), allowed) << x;
    ASSERT_NEAR(cos(-x), std::cos(exact), allowed) << x;
  }
  EXPECT_EQ(sin(0x1p41F), 0);
  EXPECT_EQ(cos(-0x1p41F), 1);
}

// What the network's dynamics lean on: a larger argument never gives a smaller value by more than
// the rounding of both.
TEST(Exponential, GrowsWithItsArgumentButForItsLastBit) {
  float before = 0;
  for (float x = -90; x < 88; x = std::nextafter(x + 0.0003F, kInfinity)) {
    const float y = exp(x);
    ASSERT_GE(y, before) << x;
    before = y;
  }
}

}  // namespace
}  // namespace plexus::math

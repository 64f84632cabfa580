#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <gmock/gmock.h>

#include "plexus/components/math/elementary.h"
#include "tests/support/infinity.h"

namespace plexus::math {
namespace {

using testing::Each;
using testing::IsNan;

using test::kInfinity;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kLargest = std::numeric_limits<float>::max();

/// The bits, so that zeros differ by sign.
std::uint32_t bits(float x) {
  return std::bit_cast<std::uint32_t>(x);
}

TEST(Elementary, HandsNaNOn) {
  for (const float x : {kNaN, -kNaN})
    EXPECT_THAT((std::array{exp(x), log(x), log1p(x), tanh(x), sigmoid(x), sin(x), cos(x), atan(x),
                            pow(x, 0.5F), pow(2, x)}),
                Each(IsNan()));
}

TEST(Exponential, HasItsLimitsAtTheEnds) {
  EXPECT_EQ(exp(kInfinity), kInfinity);
  EXPECT_EQ(exp(kLargest), kInfinity);
  EXPECT_EQ(exp(88.73F), kInfinity);
  EXPECT_LT(exp(88.72F), kInfinity);
  EXPECT_EQ(bits(exp(-kInfinity)), bits(0));
  EXPECT_EQ(bits(exp(-kLargest)), bits(0));
  EXPECT_EQ(exp(0), 1);
  EXPECT_EQ(exp(-0.0F), 1);
}

TEST(Logarithm, HasItsLimitsAtTheEnds) {
  EXPECT_EQ(log(0), -kInfinity);
  EXPECT_EQ(log(-0.0F), -kInfinity);
  EXPECT_EQ(log(kInfinity), kInfinity);
  EXPECT_EQ(bits(log(1)), bits(0));
  EXPECT_THAT((std::array{log(-1), log(-kInfinity), log(-1e-38F)}), Each(IsNan()));
  EXPECT_EQ(log1p(-1), -kInfinity);
  EXPECT_EQ(log1p(kInfinity), kInfinity);
  EXPECT_EQ(bits(log1p(0)), bits(0));
  EXPECT_EQ(bits(log1p(-0.0F)), bits(-0.0F));
  EXPECT_EQ(log1p(1e-30F), 1e-30F);
  EXPECT_THAT((std::array{log1p(-1.0000001F), log1p(-kInfinity)}), Each(IsNan()));
}

TEST(Sigmoid, HasItsLimitsAtTheEnds) {
  EXPECT_EQ(sigmoid(kInfinity), 1);
  EXPECT_EQ(bits(sigmoid(-kInfinity)), bits(0));
  EXPECT_EQ(sigmoid(0), 0.5F);
  EXPECT_GT(sigmoid(-87), 0);
}

TEST(OddFunctions, HaveTheSignOfTheirArgument) {
  for (float (*f)(float) : {tanh, sin, atan}) {
    EXPECT_EQ(bits(f(0)), bits(0));
    EXPECT_EQ(bits(f(-0.0F)), bits(-0.0F));
    EXPECT_EQ(f(1e-30F), 1e-30F);
    for (const float x : {1e-5F, 0.3F, 1.7F, 8.0F, 1234.5F}) EXPECT_EQ(f(-x), -f(x)) << x;
  }
}

TEST(Tanh, HasItsLimitsAtTheEnds) {
  EXPECT_EQ(tanh(kInfinity), 1);
  EXPECT_EQ(tanh(-kLargest), -1);
  for (float x = 0; x < 12; x += 0.001F) ASSERT_LE(tanh(x), 1) << x;
}

TEST(Sine, OfInfinityIsNaN) {
  EXPECT_THAT((std::array{sin(kInfinity), sin(-kInfinity), cos(kInfinity), cos(-kInfinity)}),
              Each(IsNan()));
}

TEST(Arctangent, HasItsLimitsAtTheEnds) {
  EXPECT_EQ(atan(kInfinity), 1.57079637F);
  EXPECT_EQ(atan(-kLargest), -1.57079637F);
}

TEST(Power, HasTheEndsOfTheLibrarys) {
  constexpr std::array kValues{0.0F,       0.5F,       1.0F,        2.0F,      3.0F,   2.5F, 1e30F,
                               8388609.0F, 4194304.5F, 16777216.0F, kInfinity, 1e-30F, kNaN};
  for (const float size : kValues)
    for (const float x : {size, -size})
      for (const float y_size : kValues)
        for (const float y : {y_size, -y_size}) {
          const float ours = pow(x, y), theirs = std::pow(x, y);
          if (std::isnan(theirs))
            EXPECT_TRUE(std::isnan(ours)) << x << "^" << y;
          else if (std::fpclassify(theirs) == FP_NORMAL)
            EXPECT_FLOAT_EQ(ours, theirs) << x << "^" << y;
          else
            EXPECT_EQ(bits(ours), bits(theirs)) << x << "^" << y;
        }
}

TEST(Power, IsExactWhereAFloatHoldsTheResult) {
  EXPECT_EQ(pow(0.999F, 1), 0.999F);
  EXPECT_EQ(pow(3, 15), 14348907);
  EXPECT_EQ(pow(0.5F, 0.5F), 0.707106769F);
}

}  // namespace
}  // namespace plexus::math

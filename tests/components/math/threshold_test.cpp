#include "plexus/components/math/threshold.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/infinity.h"

namespace plexus::math {
namespace {

using test::kInfinity;

TEST(Threshold, IncludesItsValueButBinarizeDoesNot) {
  EXPECT_EQ(threshold(1.0F), 1);
  EXPECT_EQ(binarize(0.5F), 0);
  EXPECT_EQ(binarize(0.6F), 1);
}

TEST(Clamp, KeepsInfiniteValuesOutOfNaN) {
  EXPECT_EQ(clamp_min(-kInfinity, 2.0F), 2);
  EXPECT_EQ(clamp_max(kInfinity, 2.0F), 2);
  EXPECT_EQ(clamp_min(kInfinity, 2.0F), kInfinity);
  EXPECT_TRUE(std::isnan(clamp_min(std::nanf(""), 2.0F)));
}

TEST(DerivativeOfClip, IsOneOnTheBounds) {
  EXPECT_EQ(d_clip(-1.0F, -1, 2), 1);
  EXPECT_EQ(d_clip(2.0F, -1, 2), 1);
  EXPECT_EQ(d_clip(2.1F, -1, 2), 0);
}

TEST(SoftThreshold, ShrinksTowardsZeroAndStopsThere) {
  EXPECT_EQ(threshold_soft(3.0F, 1), 2);
  EXPECT_EQ(threshold_soft(-3.0F, 1), -2);
  EXPECT_EQ(threshold_soft(0.5F, 1), 0);
}

TEST(CauchyThreshold, TakesTheLargerRootBeyondLambda) {
  EXPECT_EQ(threshold_cauchy(0.4F, 0.5F), 0);
  EXPECT_FLOAT_EQ(threshold_cauchy(3.0F, 0.5F), (3 + std::sqrt(8.5F)) / 2);
  EXPECT_FLOAT_EQ(threshold_cauchy(-3.0F, 0.5F), -(3 + std::sqrt(8.5F)) / 2);
}

TEST(CauchyThreshold, HasNoRootsOfNegativeNumbers) {
  EXPECT_FLOAT_EQ(threshold_cauchy(0.5F, 0.5F), 0.25F);  // 0.25 - 0.5 < 0
}

}  // namespace
}  // namespace plexus::math

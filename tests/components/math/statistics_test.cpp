#include "plexus/components/math/statistics.h"

#include <array>
#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;

TEST(TensorStats, DescribeAnArray) {
  const std::array<float, 4> x{1, -3, 2, 0};

  const auto stats = tensorstats(x).value();

  EXPECT_EQ(stats.mean, 0);
  EXPECT_FLOAT_EQ(static_cast<float>(stats.std), 1.8708287F);
  EXPECT_EQ(stats.mag, 3);
  EXPECT_EQ(stats.min, -3);
  EXPECT_EQ(stats.max, 2);
}

TEST(TensorStats, TakeIntegersToo) {
  const Tensor key{{2}, std::vector<std::uint32_t>{0, 4'000'000'000}};
  EXPECT_EQ(tensorstats(key)->mean, 2e9);
}

TEST(TensorStats, DoNotHideNaN) {
  const std::array<float, 3> x{1, std::nanf(""), 2};
  EXPECT_TRUE(std::isnan(tensorstats(x)->mean));
  EXPECT_TRUE(std::isnan(tensorstats(x)->max));
  EXPECT_TRUE(std::isnan(tensorstats(x)->mag));
}

TEST(TensorStats, AreNothingForAnEmptyArray) {
  EXPECT_FALSE(tensorstats(Tensor{{0}, {}}));
}

TEST(Argmax, TakesTheFirstOfEqualValues) {
  EXPECT_EQ(argmax(std::array<float, 4>{1, 3, 3, 2}), 1U);
  EXPECT_EQ(argmax(std::array<float, 3>{1, std::nanf(""), 3}), 1U);
}

TEST(OneHot, MarksTheFirstLargestOfEachRow) {
  std::array<float, 6> x{1, 3, 3, 9, 0, 0};
  one_hot({x.data(), 2, 3}, {x.data(), 2, 3});
  EXPECT_THAT(x, ElementsAre(0, 1, 0, 1, 0, 0));
}

TEST(ChebyshevNorm, IsTheLargestMagnitudeAlongAnAxis) {
  const std::array<float, 6> x{1, -3, 2, 0, 0, 4};
  EXPECT_THAT(chebyshev_norm({x.data(), 2, 3}), ElementsAre(3, 4));
  EXPECT_THAT(chebyshev_norm({x.data(), 2, 3}, 0), ElementsAre(1, 3, 4));
  EXPECT_THROW(chebyshev_norm({x.data(), 2, 3}, 2), Error);
}

TEST(LayerNormalize, CentresEachRowButScalesAllByOneDeviation) {
  const std::array<float, 4> x{1, 3, 10, 14};
  std::array<float, 4> y{};

  layer_normalize({x.data(), 2, 2}, 0.5F, 2, {y.data(), 2, 2});

  const float sd = std::sqrt((1 + 1 + 4 + 4) / 4.0F);
  EXPECT_FLOAT_EQ(y[0], 0.5F - 2 / sd);
  EXPECT_FLOAT_EQ(y[3], 0.5F + 4 / sd);
}

}  // namespace
}  // namespace plexus::math

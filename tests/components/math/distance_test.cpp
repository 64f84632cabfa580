#include "plexus/components/math/distance.h"

#include <limits>
#include <vector>

#include <gmock/gmock.h>

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::IsNan;

// One sample, two templates: (3, 0) and (0, -4) away.
const std::vector<float> kX{3, 4}, kW{0, 3, 4, 8};

std::vector<float> minkowski(float order) {
  std::vector<float> d(2);
  minkowski_distance({kX.data(), 1, 2}, {kW.data(), 2, 2}, order, {d.data(), 1, 2});
  return d;
}

TEST(MinkowskiDistance, TakesEveryOrder) {
  const std::vector<float> x{1, 2}, W{4, 6};
  const auto d = [&](float order) {
    float value = 0;
    minkowski_distance({x.data(), 1, 2}, {W.data(), 2, 1}, order, {&value, 1, 1});
    return value;
  };
  EXPECT_FLOAT_EQ(d(1), 7);
  EXPECT_FLOAT_EQ(d(2), 5);
  EXPECT_FLOAT_EQ(d(3), 4.4979414F);
  EXPECT_FLOAT_EQ(d(0), 2);
  EXPECT_FLOAT_EQ(d(std::numeric_limits<float>::infinity()), 4);
}

TEST(MinkowskiDistance, HasATemplateInEachColumn) {
  EXPECT_THAT(minkowski(2), ElementsAre(FloatEq(3), FloatEq(4)));
}

TEST(CosineDistance, DependsOnDirectionsAlone) {
  const std::vector<float> x{1, 0}, W{2, 0, -3, 0, 5, 0};  // along, across, against
  std::vector<float> d(3);
  cosine_distance({x.data(), 1, 2}, {W.data(), 2, 3}, {d.data(), 1, 3});
  EXPECT_THAT(d, ElementsAre(FloatEq(0), FloatEq(1), FloatEq(2)));
}

TEST(CosineDistance, IsNotANumberWithoutADirection) {
  const std::vector<float> x{0, 0}, W{2, 0};
  float d = 0;
  cosine_distance({x.data(), 1, 2}, {W.data(), 2, 1}, {&d, 1, 1});
  EXPECT_THAT(d, IsNan());
}

}  // namespace
}  // namespace plexus::math

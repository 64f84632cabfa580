#include "plexus/components/math/softmax.h"

#include <array>
#include <cmath>

#include <gmock/gmock.h>

namespace plexus::math {
namespace {

using testing::Each;
using testing::FloatNear;

TEST(Softmax, SharesOutOneInEachRow) {
  const std::array<float, 6> x{1, 2, 3, -1, 0, 200};
  std::array<float, 6> y{};

  softmax({x.data(), 2, 3}, 0, {y.data(), 2, 3});

  EXPECT_FLOAT_EQ(y[0] + y[1] + y[2], 1);
  EXPECT_FLOAT_EQ(y[1] / y[0], std::exp(1.0F));
  EXPECT_FLOAT_EQ(y[5], 1);
}

TEST(Softmax, SharpensWithASmallTemperature) {
  const std::array<float, 2> x{0, 1};
  std::array<float, 2> y{};

  softmax({x.data(), 1, 2}, 0.25F, {y.data(), 1, 2});

  EXPECT_NEAR(y[1] / y[0], std::exp(4.0F), 1e-3F);
}

TEST(Softmax, DoesNotOverflow) {
  std::array<float, 3> x{1e30F, 1e30F, -1e30F};

  softmax({x.data(), 1, 3}, 0, {x.data(), 1, 3});

  EXPECT_THAT(x, testing::ElementsAre(0.5F, 0.5F, 0));
}

TEST(SoftmaxDerivative, HasRowsThatSumToZero) {
  const std::array<float, 3> x{0.3F, -1, 2};

  const Tensor J = d_softmax({x.data(), 1, 3}, 2);

  EXPECT_EQ(J.shape, (Shape{1, 3, 3}));
  std::array<float, 3> sums{};
  for (std::size_t i = 0; i < 9; ++i) sums[i / 3] += J.floats()[i];
  EXPECT_THAT(sums, Each(FloatNear(0, 1e-7F)));
}

}  // namespace
}  // namespace plexus::math

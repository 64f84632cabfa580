#include "plexus/core/normalize.h"

#include <array>
#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

using testing::Each;
using testing::FloatEq;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;
using testing::ThrowsMessage;

TEST(Normalize, GivesColumnsTheirSumOfMagnitudes) {
  std::array<float, 4> W{1, -2, 3, 4};

  normalize(W, 2, 2, 5);

  EXPECT_THAT(W, Pointwise(FloatEq(), {1.25F, -1.6666666F, 3.75F, 3.3333333F}));
}

TEST(Normalize, GivesRowsTheirEuclideanNorm) {
  std::array<float, 4> W{1, -2, 3, 4};

  normalize(W, 2, 2, 5, 2, 1);

  EXPECT_THAT(W, Pointwise(FloatEq(), {2.236068F, -4.472136F, 3.0F, 4.0F}));
}

TEST(Normalize, TakesAnyOtherOrderForOne) {
  std::array<float, 4> W{1, -2, 3, 4};
  normalize(W, 2, 2, 5, 7);
  EXPECT_FLOAT_EQ(W[0], 1.25F);
}

TEST(Normalize, LeavesALineOfZerosAlone) {
  std::array<float, 4> W{0, 1, 0, 3};

  normalize(W, 2, 2, 8);

  EXPECT_THAT(W, testing::ElementsAre(0, 2, 0, 6));
}

TEST(Normalize, ReachesEveryColumnOfAWideMatrix) {
  std::vector<float> W(3 * 1000);
  for (std::size_t i = 0; i < W.size(); ++i) W[i] = std::sin(static_cast<float>(i)) + 0.1F;

  normalize(W, 3, 1000, 78.4F);

  std::vector<float> sums(1000);
  for (std::size_t i = 0; i < W.size(); ++i) sums[i % 1000] += std::fabs(W[i]);
  EXPECT_THAT(sums, Each(FloatNear(78.4F, 1e-4F)));
}

TEST(Normalize, AcceptsAMatrixWithoutRows) {
  std::vector<float> none;
  normalize(none, 0, 5, 1);
  normalize(none, 0, 5, 1, 1, 1);
}

TEST(Normalize, RefusesAnAxisOrAShapeThatIsNone) {
  std::array<float, 4> W{1, 2, 3, 4};
  EXPECT_THAT([&] { normalize(W, 2, 2, 1, 1, 2); },
              ThrowsMessage<Error>(HasSubstr("a matrix has no axis 2")));
  EXPECT_THAT([&] { normalize(W, 2, 3, 1); },
              ThrowsMessage<Error>(HasSubstr("4 values are no matrix of shape (2, 3)")));
}

}  // namespace
}  // namespace plexus

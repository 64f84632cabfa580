#include "plexus/components/math/blocks.h"

#include <array>
#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(NormalizeBlockMatrix, NormalisesTheColumnsOfEachBlock) {
  std::array<float, 8> M{3, 0, 6, 1, 4, 2, 8, 0};

  normalize_block_matrix({M.data(), 2, 4}, {2, 2}, 2, 0, 10);

  EXPECT_THAT(M, ElementsAre(6, 0, 6, 10, 8, 10, 8, 0));
}

TEST(NormalizeBlockMatrix, NormalisesTheRowsOfEachBlock) {
  std::array<float, 8> M{3, 1, 6, 2, 0, 2, 8, 0};

  normalize_block_matrix({M.data(), 2, 4}, {2, 2}, 1, 1, 4);

  EXPECT_THAT(M, ElementsAre(3, 1, 3, 1, 0, 4, 4, 0));
}

TEST(NormalizeBlockMatrix, TakesTheLargestMagnitudeForTheInfiniteOrder) {
  std::array<float, 4> M{1, -4, 2, 1};

  normalize_block_matrix({M.data(), 2, 2}, {2, 2}, INFINITY, 0, 8);

  EXPECT_THAT(M, ElementsAre(4, -8, 8, 2));
}

TEST(NormalizeBlockMatrix, RefusesBlocksThatDoNotTile) {
  std::array<float, 8> M{};
  EXPECT_THAT(
      [&] {
        normalize_block_matrix({M.data(), 2, 4}, {2, 3});
      },
      ThrowsMessage<Error>(HasSubstr("do not tile a matrix of shape (2, 4)")));
  EXPECT_THROW(normalize_block_matrix({M.data(), 2, 4}, {0, 2}), Error);
  EXPECT_THROW(normalize_block_matrix({M.data(), 2, 4}, {1, 2}, 0), Error);
  EXPECT_THROW(normalize_block_matrix({M.data(), 2, 4}, {1, 2}, 2, 2), Error);
}

TEST(CreateBlockMatrix, PutsABlockWhereTheMapIsPositive) {
  const std::array<float, 2> map{1, 0};

  const Tensor M = create_block_matrix({map.data(), 1, 2}, {2, 2}, 0.25F, 1.5F);

  EXPECT_EQ(M.shape, (Shape{2, 4}));
  EXPECT_THAT(M.floats(), ElementsAre(1.5F, -0.25F, 0, 0, -0.25F, 1.5F, 0, 0));
}

TEST(EyeWrapped, ShiftsTheDiagonalAroundTheEdge) {
  const std::array<float, 3> values{1, 2, 3};

  EXPECT_THAT(eye_wrapped(1, values).floats(), ElementsAre(0, 1, 0, 0, 0, 2, 3, 0, 0));
  EXPECT_EQ(eye_wrapped(-5, values), eye_wrapped(1, values));
}

}  // namespace
}  // namespace plexus::math

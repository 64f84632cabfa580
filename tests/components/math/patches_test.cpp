#include "plexus/components/math/patches.h"

#include <numeric>
#include <set>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// 0, 1, 2, … row by row.
Tensor counted(std::int64_t rows, std::int64_t cols) {
  std::vector<float> values(static_cast<std::size_t>(rows * cols));
  std::iota(values.begin(), values.end(), 0.0F);
  return {{rows, cols}, values};
}

// Of images that nobody keeps.
Tensor grid(const Tensor& image, Extent patch, Extent step) {
  return grid_patches(image, patch, step);
}
Tensor framed(const Tensor& image, Extent patch, Extent overlap) {
  return framed_patches(image, patch, overlap);
}

TEST(GridPatches, AreAllThatFitInRasterOrder) {
  const Tensor patches = grid(counted(4, 5), {2, 3}, {2, 2});

  EXPECT_EQ(patches.shape, (Shape{4, 6}));
  EXPECT_THAT(patches.row(0), ElementsAre(0, 1, 2, 5, 6, 7));
  EXPECT_THAT(patches.row(1), ElementsAre(2, 3, 4, 7, 8, 9));
  EXPECT_THAT(patches.row(3), ElementsAre(12, 13, 14, 17, 18, 19));
}

/// The reference visits as many starts as patches would fit side by side: 2 here.
TEST(GridPatches, AreMoreIfTheStepIsShorterThanThePatch) {
  EXPECT_EQ(grid(counted(4, 4), {2, 4}, {1, 1}).shape, (Shape{3, 8}));
}

TEST(FramedPatches, SeeTheEdgeAsOftenAsTheMiddle) {
  const Tensor patches = framed(counted(2, 2), {2, 2}, {1, 1});

  EXPECT_EQ(patches.shape, (Shape{9, 4}));
  EXPECT_THAT(patches.row(0), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(patches.row(4), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(patches.row(8), ElementsAre(3, 0, 0, 0));
  const auto all = patches.floats();
  EXPECT_EQ(std::count(all.begin(), all.end(), 3.0F), 4);
  EXPECT_EQ(std::count(all.begin(), all.end(), 1.0F), 4);
}

TEST(FramedPatches, WithoutOverlapAreTiles) {
  EXPECT_EQ(framed(counted(4, 6), {2, 2}, {0, 0}).shape, (Shape{4 * 5, 4}));
}

/// The reference draws the same corners in every image.
TEST(RandomPatches, ArePatchesOfTheirImageAtCornersOfItsOwn) {
  const Tensor images = counted(2, 36);
  const Tensor patches = random_patches(Key::from_seed(1), images, {6, 6}, {2, 2}, 40);

  ASSERT_EQ(patches.shape, (Shape{80, 4}));
  std::set<float> first, second;
  for (std::int64_t n = 0; n < 80; ++n) {
    const auto p = patches.row(n);
    const float corner = p[0];
    EXPECT_THAT(p, ElementsAre(corner, corner + 1, corner + 6, corner + 7));
    EXPECT_EQ(corner >= 36, n >= 40);
    EXPECT_LT(static_cast<int>(corner) % 6, 5);
    (n < 40 ? first : second).insert(n < 40 ? corner : corner - 36);
  }
  EXPECT_GT(first.size(), 12U);  // of 25
  EXPECT_NE(first, second);
  EXPECT_EQ(patches, random_patches(Key::from_seed(1), images, {6, 6}, {2, 2}, 40));
}

TEST(CentrePatches, TakesEachPatchsMeanAway) {
  Tensor patches{{2, 2}, std::vector<float>{1, 3, 10, 20}};
  centre_patches(patches);
  EXPECT_THAT(patches.floats(), ElementsAre(-1, 1, -5, 5));
}

TEST(Patches, RefuseWhatDoesNotFit) {
  const Tensor five = counted(1, 5);
  EXPECT_THAT(
      [&] {
        grid(counted(2, 2), {3, 1}, {1, 1});
      },
      ThrowsMessage<Error>(HasSubstr("3 x 1 pixels does not fit into an image of 2 x 2")));
  EXPECT_THAT(
      [&] {
        grid(counted(2, 2), {1, 1}, {0, 1});
      },
      ThrowsMessage<Error>(HasSubstr("steps of 1 pixel or more")));
  EXPECT_THAT(
      [&] {
        framed(counted(2, 2), {2, 2}, {2, 0});
      },
      ThrowsMessage<Error>(HasSubstr("smaller than the patch")));
  EXPECT_THAT(
      [&] {
        random_patches(Key::from_seed(1), five, {2, 2}, {1, 1}, 1);
      },
      ThrowsMessage<Error>(HasSubstr("images have 5 pixels; expected 2 x 2")));
}

}  // namespace
}  // namespace plexus::math

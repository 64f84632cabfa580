#include "plexus/components/math/block_masks.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(BlockMasks, SplitTheGridsPatchesAlikeInAllSamples) {
  const BlockMasks masks;
  for (int seed = 0; seed < 50; ++seed) {
    const auto [context, predicted] = masks.draw(Key::from_seed(seed), 4);
    ASSERT_EQ(context.size(), 4U);
    ASSERT_EQ(predicted.size(), 4U);
    for (std::size_t n = 0; n < 4; ++n) {
      EXPECT_FALSE(context[n].empty());
      EXPECT_FALSE(predicted[n].empty());
      EXPECT_EQ(context[n].size(), context[0].size());
      EXPECT_EQ(predicted[n].size(), predicted[0].size());
      auto both = context[n];
      both.insert(both.end(), predicted[n].begin(), predicted[n].end());
      std::ranges::sort(both);
      EXPECT_EQ(std::ranges::adjacent_find(both), both.end()) << "a patch on both sides";
      EXPECT_GE(both.front(), 0);
      EXPECT_LT(both.back(), 14 * 14);
    }
  }
}

TEST(BlockMasks, OneBlockIsARectangleOfTheAreaAskedFor) {
  const BlockMasks masks{
      .spatial_scale = {0.25F, 0.25F}, .aspect_ratio = {1, 1}, .num_blocks = 1, .max_keep = 10};

  const auto [context, predicted] = masks.draw(Key::from_seed(1), 1);

  ASSERT_EQ(predicted[0].size(), 49U);  // 7 x 7 of 14 x 14
  const std::int64_t first = predicted[0].front();
  for (std::size_t p = 0; p < 49; ++p)
    EXPECT_EQ(predicted[0][p], first + static_cast<std::int64_t>(p / 7 * 14 + p % 7));
  EXPECT_EQ(context[0].size(), 10U);
}

TEST(BlockMasks, LeaveContextHoweverLargeTheBlocks) {
  const BlockMasks masks{.crop_size = {4, 4},
                         .patch_size = {2, 2},
                         .spatial_scale = {1, 1},
                         .aspect_ratio = {1, 1},
                         .num_blocks = 3};
  for (int seed = 0; seed < 20; ++seed)
    for (const auto& context : masks.draw(Key::from_seed(seed), 3).context)
      EXPECT_FALSE(context.empty());
}

TEST(BlockMasks, RefuseNonsense) {
  const auto draw = [](const BlockMasks& masks) { static_cast<void>(masks.draw(Key{}, 1)); };
  EXPECT_THAT(
      [&] {
        draw({.crop_size = {16, 64}});
      },
      ThrowsMessage<Error>(HasSubstr("holds 1 x 4 patches")));
  EXPECT_THAT(
      [&] {
        draw({.spatial_scale = {0.5F, 0.2F}});
      },
      ThrowsMessage<Error>(HasSubstr("spatial_scale runs from 0.5 to 0.2")));
  EXPECT_THAT([&] { draw({.num_blocks = 0}); },
              ThrowsMessage<Error>(HasSubstr("choose 1 or more")));
}

}  // namespace
}  // namespace plexus::math

#include "plexus/core/random/key.h"

#include <limits>

#include <gmock/gmock.h>

namespace plexus {
namespace {

using testing::ElementsAre;

TEST(Threefry2x32, GivesTheKnownAnswersOfRandom123) {
  EXPECT_EQ(threefry2x32({0, 0}, 0, 0), (Key{0x6b200159U, 0x99ba4efeU}));
  EXPECT_EQ(threefry2x32({0xffffffffU, 0xffffffffU}, 0xffffffffU, 0xffffffffU),
            (Key{0x1cb996fcU, 0xbb002be7U}));
  EXPECT_EQ(threefry2x32({0x13198a2eU, 0x03707344U}, 0x243f6a88U, 0x85a308d3U),
            (Key{0xc4923a9cU, 0x483df7a0U}));
}

TEST(Key, HoldsTheLow32BitsOfItsSeed) {
  EXPECT_EQ(Key::from_seed(0), (Key{0, 0}));
  EXPECT_EQ(Key::from_seed(1), (Key{0, 1}));
  EXPECT_EQ(Key::from_seed(-1), (Key{0, 4294967295U}));
  EXPECT_EQ(Key::from_seed(-2), (Key{0, 4294967294U}));
  EXPECT_EQ(Key::from_seed(2147483647LL + 100), (Key{0, 2147483747U}));
  EXPECT_EQ(Key::from_seed(-2147483648LL - 100), (Key{0, 2147483548U}));
  EXPECT_EQ(Key::from_seed((1LL << 32) + 5), Key::from_seed(5));
  EXPECT_EQ(Key::from_seed(std::numeric_limits<std::int64_t>::min()), (Key{0, 0}));
}

TEST(Split, GivesTheChildrenThatJaxGives) {
  EXPECT_THAT(split(Key::from_seed(0), 3),
              ElementsAre(Key{1797259609U, 2579123966U}, Key{928981903U, 3453687069U},
                          Key{4146024105U, 2718843009U}));
  EXPECT_THAT(split(Key::from_seed(1), 2),
              ElementsAre(Key{507451445U, 1853169794U}, Key{1948878966U, 4237131848U}));
  EXPECT_THAT(split(Key::from_seed(2), 2),
              ElementsAre(Key{1821159224U, 3364244817U}, Key{637334850U, 3278974502U}));
  EXPECT_THAT(split(Key::from_seed(42), 2),
              ElementsAre(Key{1832780943U, 270669613U}, Key{64467757U, 2916123636U}));
  EXPECT_THAT(split(Key::from_seed(-1), 2),
              ElementsAre(Key{2973345818U, 897673333U}, Key{3461607691U, 1112781462U}));
  EXPECT_THAT(split(Key::from_seed(1234), 6),
              ElementsAre(Key{1264997412U, 2518116175U}, Key{2877103387U, 1697627890U},
                          Key{2113592192U, 603280156U}, Key{3512017511U, 140093922U},
                          Key{781066781U, 179802120U}, Key{3899778567U, 1232842604U}));
}

TEST(Split, GivesAPairWithoutACount) {
  const auto [kept, drawn] = split(Key::from_seed(42));
  EXPECT_EQ(kept, (Key{1832780943U, 270669613U}));
  EXPECT_EQ(drawn, (Key{64467757U, 2916123636U}));
}

TEST(Split, GivesChildrenThatDoNotDependOnTheirNumber) {
  const Key key = Key::from_seed(7);
  EXPECT_EQ(split(key, 5)[3], split(key, 1000)[3]);
  EXPECT_EQ(split(key, 5)[3], split_at(key, 3));
}

TEST(SplitAt, CountsBeyond32Bits) {
  const Key key = Key::from_seed(7);
  EXPECT_EQ(split_at(key, (std::uint64_t{3} << 32) + 8), threefry2x32(key, 3, 8));
}

TEST(FoldIn, GivesTheChildOfThatNumber) {
  const Key key = Key::from_seed(0);
  EXPECT_EQ(fold_in(key, 123456), split_at(key, 123456));
  EXPECT_EQ(fold_in(key, 0xffffffffU), split_at(key, 0xffffffffU));
}

}  // namespace
}  // namespace plexus

#include "plexus/core/random/permutation.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/error.h"
#include "tests/core/random/keys.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;

using test::kZero;

TEST(Permutation, GivesJaxsOrder) {
  EXPECT_THAT(permutation(Key::from_seed(3), 5), ElementsAre(0, 4, 2, 1, 3));
  EXPECT_THAT(permutation(kZero, 10), ElementsAre(0, 1, 8, 5, 6, 4, 3, 2, 7, 9));
  EXPECT_THAT(permutation(Key::from_seed(42), 10), ElementsAre(7, 4, 2, 5, 3, 6, 8, 9, 0, 1));
}

TEST(Permutation, SortsTwiceFrom1626On) {
  auto order = permutation(kZero, 2000);
  order.resize(10);
  EXPECT_THAT(order, ElementsAre(988, 23, 1144, 1675, 1700, 884, 311, 1604, 1450, 1655));
}

TEST(Permutation, HasEachNumberOnce) {
  auto order = permutation(Key::from_seed(9), 3001);
  std::ranges::sort(order);
  std::vector<std::int32_t> all(3001);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(order, all);
}

TEST(Permutation, OfOneOrNoneIsTrivial) {
  EXPECT_THAT(permutation(kZero, 1), ElementsAre(0));
  EXPECT_THAT(permutation(kZero, 0), IsEmpty());
}

TEST(Shuffle, MovesValuesAsAPermutationMovesTheirPlaces) {
  std::vector<std::int32_t> values{10, 20, 30, 40, 50};
  shuffle(Key::from_seed(3), values);
  EXPECT_THAT(values, ElementsAre(10, 50, 30, 20, 40));
}

TEST(Choice, WithoutReplacementIsTheStartOfAPermutation) {
  auto start = permutation(kZero, 10);
  start.resize(4);
  EXPECT_THAT(choice(kZero, 10, 4, false), ElementsAreArray(start));
}

TEST(Choice, WithReplacementDrawsIndependently) {
  EXPECT_THAT(choice(Key::from_seed(2), 4, 3, true), ElementsAre(3, 0, 1));  // of 10, 20, 30, 40
  EXPECT_THAT(choice(kZero, 1, 20, true), Each(0));
}

TEST(Choice, OfMoreThanThereAreIsAnError) {
  EXPECT_THAT([] { (void)choice(kZero, 3, 4, false); },
              ThrowsMessage<Error>(HasSubstr("cannot choose 4 of 3\n  choose 3 at most")));
  EXPECT_THROW((void)choice(kZero, 0, 1, true), Error);
  EXPECT_THAT(choice(kZero, 0, 0, false), IsEmpty());
}

}  // namespace
}  // namespace plexus

#include "plexus/core/random/poisson.h"

#include <cstddef>
#include <limits>
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
using testing::ThrowsMessage;

using test::kZero;

std::vector<std::int32_t> counts(Key key, std::size_t n, float rate) {
  std::vector<std::int32_t> out(n);
  fill_poisson(key, out, rate);
  return out;
}

TEST(FillPoisson, GivesTheKnownCountsOfASmallRate) {
  EXPECT_THAT(counts(kZero, 10, 5), ElementsAre(1, 2, 5, 5, 3, 3, 4, 8, 2, 5));
}

TEST(FillPoisson, GivesTheKnownCountsOfLargeRates) {
  EXPECT_THAT(counts(kZero, 10, 63.75F), ElementsAre(52, 60, 53, 72, 56, 67, 72, 63, 53, 64));
  EXPECT_THAT(counts(kZero, 5, 1000), ElementsAre(953, 986, 959, 1031, 969));
  EXPECT_THAT(counts(Key::from_seed(1234), 10, 63.75F),
              ElementsAre(61, 61, 59, 57, 64, 70, 63, 54, 47, 66));
}

TEST(FillPoisson, OfRateZeroIsZero) {
  EXPECT_THAT(counts(kZero, 20, 0), Each(0));
}

TEST(FillPoisson, TakesARateForEachElement) {
  std::vector<std::int32_t> out(10);
  fill_poisson(kZero, out, std::vector<float>(10, 63.75F));
  EXPECT_THAT(out, ElementsAreArray(counts(kZero, 10, 63.75F)));

  // Small rates do not feel their neighbours.
  fill_poisson(kZero, out, std::vector<float>{5, 100, 5, 0, 5, 10, 5, 1e5F, 5, 5});
  const auto alone = counts(kZero, 10, 5);
  for (const std::size_t i : {0U, 2U, 4U, 6U, 8U, 9U}) EXPECT_EQ(out[i], alone[i]) << i;
  EXPECT_EQ(out[3], 0);
  EXPECT_NEAR(out[1], 100, 60);
  EXPECT_NEAR(out[7], 1e5, 2000);
}

TEST(FillPoisson, RejectsWhatIsNoRate) {
  EXPECT_THAT([] { counts(kZero, 1, -1); },
              ThrowsMessage<Error>(HasSubstr("the rate of a Poisson draw is -1")));
  EXPECT_THROW(counts(kZero, 1, std::numeric_limits<float>::quiet_NaN()), Error);
  EXPECT_THROW(counts(kZero, 1, std::numeric_limits<float>::infinity()), Error);
  std::vector<std::int32_t> out(2);
  EXPECT_THROW(fill_poisson(kZero, out, std::vector<float>{1, -1}), Error);
}

}  // namespace
}  // namespace plexus

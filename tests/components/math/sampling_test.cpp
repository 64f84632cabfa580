#include "plexus/components/math/sampling.h"

#include <algorithm>
#include <array>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(DropOut, ScalesWhatItKeeps) {
  std::vector<float> x(10'000, 2), mask(x.size());

  drop_out(Key::from_seed(3), {x.data(), 100, 100}, 0.25F, {x.data(), 100, 100},
           {mask.data(), 100, 100});

  const auto kept = std::ranges::count_if(mask, [](float m) { return m > 0; });
  EXPECT_NEAR(static_cast<double>(kept), 7'500, 5 * 43.3);  // binomial: 5 standard deviations
  EXPECT_EQ(std::ranges::count(x, 2 / 0.75F), kept);
  EXPECT_EQ(std::ranges::count(x, 0.0F), 10'000 - kept);
}

TEST(DropOut, KeepsEverythingAtRateZero) {
  std::array<float, 4> x{1, 2, 3, 4}, y{}, mask{};
  drop_out(Key::from_seed(3), {x.data(), 2, 2}, 0, {y.data(), 2, 2}, {mask.data(), 2, 2});
  EXPECT_EQ(y, x);
  EXPECT_THAT(mask, Each(1.0F));
}

TEST(DropOut, RefusesToDropAll) {
  std::array<float, 1> x{}, mask{};
  EXPECT_THAT(
      [&] {
        drop_out({}, {x.data(), 1, 1}, 1, {x.data(), 1, 1}, {mask.data(), 1, 1});
      },
      ThrowsMessage<Error>(HasSubstr("a drop-out rate of 1")));
}

TEST(SampleValuesByGroup, GivesEachActiveGroupOneWinner) {
  std::array<float, 8> x{1, 0, 0, 0, 0, 0, 2, 3};

  sample_values_by_group(Key::from_seed(1), {x.data(), 2, 4}, 2, {x.data(), 2, 4});

  EXPECT_THAT(std::vector<float>(x.begin(), x.begin() + 6), ElementsAre(1, 0, 0, 0, 0, 0));
  EXPECT_EQ(x[6] + x[7], 1);
}

TEST(SampleValuesByGroup, RefusesUnequalGroups) {
  std::array<float, 4> x{};
  EXPECT_THAT(
      [&] {
        sample_values_by_group({}, {x.data(), 1, 4}, 3, {x.data(), 1, 4});
      },
      ThrowsMessage<Error>(HasSubstr("4 units do not fall into 3 equal groups")));
}

}  // namespace
}  // namespace plexus::math

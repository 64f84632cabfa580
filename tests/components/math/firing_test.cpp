#include "plexus/components/math/firing.h"

#include <array>

#include <gmock/gmock.h>

namespace plexus::math {
namespace {

using testing::ElementsAre;

TEST(Decay, IsRoundedOnceWhereOneUnitInTheLastPlaceIsHalfOfIt) {
  EXPECT_EQ(decay(1, 1e7F), 0x1.fffffcp-1F);
}

TEST(RefractoryClock, StartsAgainWithASpikeAndIsNeverCapped) {
  EXPECT_EQ(refractory_clock(7.0F, false, 0.5F), 7.5F);
  EXPECT_EQ(refractory_clock(7.0F, true, 0.5F), 0);
  EXPECT_EQ(refractory_clock(7.0F, true, 0.5F, 0.5F), 0.5F);
  EXPECT_TRUE(is_ready(5.0F, 5.0F));
  EXPECT_FALSE(is_ready(4.9F, 5.0F));
}

TEST(Leak, PullsTowardsRest) {
  EXPECT_EQ(leak(-60.0F, -65.0F), -5);
  EXPECT_EQ(leak(-60.0F, -65.0F, 0.5F), -2.5F);
}

TEST(AimAtOneSpike, MovesTheThresholdsOfEachSampleByItsSpikesTooManyOrTooFew) {
  std::array<float, 9> spikes{1, 1, 1, 0, 1, 0, 0, 0, 0}, thr{};
  thr.fill(1);

  aim_at_one_spike({spikes.data(), 3, 3}, 0.25F, {thr.data(), 3, 3});

  EXPECT_THAT(thr, ElementsAre(1.5F, 1.5F, 1.5F, 1, 1, 1, 0.75F, 0.75F, 0.75F));
}

TEST(AimAtOneSpike, KeepsThresholdsAboveAFloor) {
  std::array<float, 2> spikes{}, thr{0.1F, 3};
  aim_at_one_spike({spikes.data(), 1, 2}, 1, {thr.data(), 1, 2});
  EXPECT_THAT(thr, ElementsAre(0.025F, 2));
}

}  // namespace
}  // namespace plexus::math

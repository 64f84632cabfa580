#include "plexus/components/math/elementary/round.h"

#include <cmath>

#include <gtest/gtest.h>

namespace plexus::math {
namespace {

TEST(Round, GoesToTheNearestIntegerAndFromHalvesToTheEvenOne) {
  for (const float x : {0.0F, 0.5F, 1.5F, 2.5F, -0.5F, -1.5F, 0.49999997F, 8388607.5F, -8388607.5F,
                        8388609.0F, 1e30F, -1e30F, 3.7F, -3.2F, INFINITY, -INFINITY})
    EXPECT_EQ(round(x), std::nearbyintf(x)) << x;
}

TEST(Round, HandsNaNOn) {
  EXPECT_TRUE(std::isnan(round(NAN)));
}

}  // namespace
}  // namespace plexus::math

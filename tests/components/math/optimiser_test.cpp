#include "plexus/components/math/optimiser.h"

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::Eq;
using testing::ThrowsMessage;

TEST(OptimiserName, IsFoundOrRefused) {
  EXPECT_EQ(optimiser("sgd"), OptimiserKind::sgd);
  EXPECT_EQ(optimiser("nag"), OptimiserKind::nag);
  EXPECT_EQ(optimiser("adam"), OptimiserKind::adam);
  EXPECT_EQ(to_string(OptimiserKind::adam), "adam");
  EXPECT_THAT([] { optimiser("adm"); },
              ThrowsMessage<Error>(Eq("unknown optimiser 'adm'\n  did you mean 'adam'?")));
}

// Oracles: both weights start at 3 and go three steps along updates of 3 and −0.5.

TEST(Sgd, AgreesWithTheReference) {
  const auto k = Sgd::constants({}, 1);
  float up = 3, down = 3;

  for (int t = 1; t <= 2; ++t) {
    Sgd::at(k, 3.0F, down);
    Sgd::at(k, -0.5F, up);
  }

  EXPECT_FLOAT_EQ(down, 2.994F);
  EXPECT_FLOAT_EQ(up, 3.001F);
}

TEST(Nag, AgreesWithTheReference) {
  float up = 3, down = 3, phi_up = 0, phi_down = 0;
  const float expected_down[] = {2.97F, 2.913F, 2.8317003F};
  const float expected_up[] = {3.005F, 3.0145004F, 3.0280507F};

  for (int t = 1; t <= 3; ++t) {
    const auto k = Nag::constants({}, static_cast<float>(t));
    Nag::at(k, 3.0F, down, phi_down);
    Nag::at(k, -0.5F, up, phi_up);
    EXPECT_FLOAT_EQ(down, expected_down[t - 1]) << t;
    EXPECT_FLOAT_EQ(up, expected_up[t - 1]) << t;
  }
}

TEST(Nag, HasNoMomentumInItsFirstStep) {
  EXPECT_EQ(Nag::constants({}, 1).mu, 0);
  EXPECT_EQ(Nag::constants({}, 2).mu, 0.9F);
}

TEST(Adam, AgreesWithTheReference) {
  float up = 3, down = 3, g1_up = 0, g2_up = 0, g1_down = 0, g2_down = 0;
  const float expected_down[] = {2.999F, 2.9980001F, 2.9970002F};
  const float expected_up[] = {3.001F, 3.0019999F, 3.0029998F};

  for (int t = 1; t <= 3; ++t) {
    const auto k = Adam::constants({}, static_cast<float>(t));
    Adam::at(k, 3.0F, down, g1_down, g2_down);
    Adam::at(k, -0.5F, up, g1_up, g2_up);
    EXPECT_FLOAT_EQ(down, expected_down[t - 1]) << t;
    EXPECT_FLOAT_EQ(up, expected_up[t - 1]) << t;
  }

  EXPECT_NEAR(g1_down, 0.813F, 1e-6F);
  EXPECT_NEAR(g1_up, -0.1355F, 1e-6F);
  EXPECT_NEAR(g2_down, 0.02697301F, 1e-8F);
  EXPECT_NEAR(g2_up, 0.0007492503F, 1e-9F);
}

TEST(Adam, RoundsOneMinusBetaOnce) {
  const auto k = Adam::constants({}, 1);
  EXPECT_EQ(k.rest1, 0.1F);    // 1 - 0.9F would be 0.100000024
  EXPECT_EQ(k.rest2, 0.001F);  // 1 - 0.999F would be 0.00100004673
  EXPECT_EQ(k.bias2, 1 - 0.999F);
}

TEST(Optimisers, DescendAlongTheUpdate) {
  float w = 1, phi = 0, g1 = 0, g2 = 0;
  Sgd::at(Sgd::constants({}, 1), 1.0F, w);
  EXPECT_LT(w, 1);
  w = 1;
  Nag::at(Nag::constants({}, 1), 1.0F, w, phi);
  EXPECT_LT(w, 1);
  w = 1;
  Adam::at(Adam::constants({}, 1), 1.0F, w, g1, g2);
  EXPECT_LT(w, 1);
}

}  // namespace
}  // namespace plexus::math

#include "plexus/components/math/prior.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::Eq;
using testing::ThrowsMessage;

TEST(LeakPriorName, IsFoundOrRefused) {
  EXPECT_EQ(leak_prior("gaussian"), LeakPrior::gaussian);
  EXPECT_EQ(leak_prior("laplacian"), LeakPrior::laplacian);
  EXPECT_EQ(leak_prior("cauchy"), LeakPrior::cauchy);
  EXPECT_EQ(leak_prior("exp"), LeakPrior::exp);
  EXPECT_EQ(to_string(LeakPrior::cauchy), "cauchy");
  EXPECT_THAT([] { leak_prior("gausian"); },
              ThrowsMessage<Error>(Eq("unknown prior 'gausian'\n  did you mean 'gaussian'?")));
}

/// One Euler step of a rate cell at z under input d: tau 10, gamma 0.5, dt 1.
template <LeakPrior P>
float stepped(float z, float d) {
  return z + (-leak<P>(z) * 0.5F + d) * 0.1F;
}

TEST(Leak, MovesARateCellAsTheReferenceDoes) {  // relu: j = 1 and -2 act as 1 and 0
  EXPECT_FLOAT_EQ(stepped<LeakPrior::gaussian>(0.5F, 1), 0.575F);
  EXPECT_FLOAT_EQ(stepped<LeakPrior::gaussian>(-1.5F, 0), -1.425F);
  EXPECT_FLOAT_EQ(stepped<LeakPrior::cauchy>(0.5F, 1), 0.56F);
  EXPECT_FLOAT_EQ(stepped<LeakPrior::cauchy>(-1.5F, 0), -1.4538461F);
  EXPECT_FLOAT_EQ(stepped<LeakPrior::exp>(0.5F, 1), 0.56105995F);
  EXPECT_FLOAT_EQ(stepped<LeakPrior::exp>(-1.5F, 0), -1.4841901F);
}

TEST(Leak, OfALaplacianPriorHasAConstantSize) {
  EXPECT_EQ(leak<LeakPrior::laplacian>(0.1F), 1);
  EXPECT_EQ(leak<LeakPrior::laplacian>(-30.0F), -1);
  EXPECT_EQ(leak<LeakPrior::laplacian>(0.0F), 0);
}

TEST(StateThresholdName, IsFoundOrRefused) {
  EXPECT_EQ(state_threshold("none"), StateThreshold::none);
  EXPECT_EQ(state_threshold("soft_threshold"), StateThreshold::soft);
  EXPECT_EQ(state_threshold("cauchy_threshold"), StateThreshold::cauchy);
  EXPECT_EQ(to_string(StateThreshold::soft), "soft_threshold");
  EXPECT_THROW(state_threshold("soft"), Error);
}

TEST(Shrink, AppliesTheThresholdItNames) {
  EXPECT_EQ(shrink<StateThreshold::none>(3.0F, 1), 3);
  EXPECT_EQ(shrink<StateThreshold::soft>(3.0F, 1), 2);
  EXPECT_FLOAT_EQ(shrink<StateThreshold::cauchy>(3.0F, 1), (3 + std::sqrt(8.0F)) / 2);
}

}  // namespace
}  // namespace plexus::math

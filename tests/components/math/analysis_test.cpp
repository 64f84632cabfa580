#include "plexus/components/math/analysis.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/random/samplers.h"

namespace plexus::math {
namespace {

const Tensor kRows{{4, 3}, std::vector<float>{1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1}};

Tensor normal(std::int64_t rows, std::int64_t cols) {
  Tensor Z{{rows, cols}, std::vector<float>(static_cast<std::size_t>(rows * cols))};
  fill_normal(Key::from_seed(1), 0, Z.floats());
  return Z;
}

TEST(EffectiveDimension, AgreesWithTheReferencesRun) {
  EXPECT_NEAR(participation_ratio(kRows), 1.7264472F, 1e-6F);
  EXPECT_NEAR(rankme(kRows), 2.8140044F, 1e-6F);
}

TEST(EffectiveDimension, IsOneOfALine) {
  const Tensor line{{4, 3}, std::vector<float>{1, 2, 3, 2, 4, 6, -1, -2, -3, 4, 8, 12}};

  EXPECT_NEAR(participation_ratio(line), 1, 1e-6F);
  EXPECT_NEAR(rankme(line), 1, 1e-5F);
  EXPECT_NEAR(stable_rank(line), 1, 1e-6F);
  EXPECT_NEAR(covariance_error(line), 1, 1e-6F);
}

TEST(EffectiveDimension, NearsTheNumberOfIndependentColumns) {
  const Tensor ball = normal(4000, 5);

  EXPECT_NEAR(participation_ratio(ball), 5, 0.05F);
  EXPECT_NEAR(rankme(ball), 5, 0.05F);
  EXPECT_GT(stable_rank(ball), 4.5F);
  EXPECT_LT(covariance_error(ball), 1e-3F);
}

TEST(EffectiveDimension, OfARowMoreThanItsColumnsOrFewerIsThatOfTheTranspose) {
  const Tensor Z = normal(3, 7);
  Tensor turned{{7, 3}, std::vector<float>(21)};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 7; ++j) turned.floats()[j * 3 + i] = Z.floats()[i * 7 + j];

  EXPECT_NEAR(rankme(Z), rankme(turned), 1e-5F);
}

TEST(EffectiveDimension, OfNothingThatVariesIsOne) {
  const Tensor still{{3, 2}, std::vector<float>{1, 2, 1, 2, 1, 2}},
      one{{1, 2}, std::vector<float>(2)};

  EXPECT_EQ(participation_ratio(still), 1);
  EXPECT_EQ(stable_rank(still), 1);
  EXPECT_EQ(participation_ratio(one), 1);
  EXPECT_EQ(covariance_error(one), 0);
}

/// Covariance 1.5, variances 1 and 3: r² = 2.25 / 3, twice over D (D - 1) = 2.
TEST(CovarianceError, IsTheMeanSquaredCorrelation) {
  const Tensor Z{{3, 2}, std::vector<float>{-1, -1, 0, -1, 1, 2}};

  EXPECT_NEAR(covariance_error(Z), 1.5F * 1.5F / 3, 1e-6F);
}

}  // namespace
}  // namespace plexus::math

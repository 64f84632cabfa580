#include "plexus/components/math/density.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::FloatNear;
using testing::Pointwise;

constexpr Key kKey = Key::from_seed(3);

Tensor matrix(std::int64_t rows, std::int64_t cols, std::vector<float> values) {
  return {{rows, cols}, std::move(values)};
}

std::vector<double> column_means(const Tensor& x) {
  std::vector<double> means(static_cast<std::size_t>(x.shape[1]));
  for (std::int64_t i = 0; i < x.shape[0]; ++i)
    for (std::size_t j = 0; j < means.size(); ++j)
      means[j] += static_cast<double>(x.row(i)[j]) / static_cast<double>(x.shape[0]);
  return means;
}

TEST(GaussianMixture, PutsItsMeansWhereTheSamplesAre) {
  const Tensor X = matrix(4, 2, {0, 0, 0.5F, 0, 4, 4, 4, 5});
  GaussianMixture mixture(2, kKey);
  mixture.init(X);
  mixture.mu = matrix(2, 2, {0, 0, 4, 4});

  mixture.update(X);

  EXPECT_THAT(mixture.mu.floats(), Pointwise(FloatNear(1e-4F), {0.25F, 0.0F, 4.0F, 4.5F}));
}

TEST(GaussianMixture, FitsWhatItDrewItself) {
  GaussianMixture source(2, kKey);
  source.pi = matrix(1, 2, {0.3F, 0.7F});
  source.mu = matrix(2, 2, {-5, 0, 5, 1});
  source.Sigma = {{2, 2, 2}, std::vector<float>{1, 0.8F, 0.8F, 1, 2, -0.5F, -0.5F, 1}};
  const Tensor X = source.sample(4000);
  GaussianMixture mixture(2, kKey);
  mixture.init(X);

  EXPECT_LT(mixture.fit(X), 50);

  const std::size_t left = mixture.mu.floats()[0] < 0 ? 0 : 1;
  EXPECT_NEAR(mixture.pi.floats()[left], 0.3F, 0.03F);
  EXPECT_NEAR(mixture.mu.floats()[2 * left], -5, 0.15F);
  EXPECT_NEAR(mixture.Sigma.floats()[4 * left + 1], 0.8F, 0.15F);
  EXPECT_NEAR(mixture.Sigma.floats()[4 * (1 - left) + 1], -0.5F, 0.15F);
}

TEST(GaussianMixture, HasLikelihoodsFarFromItsMeans) {
  GaussianMixture mixture(2, kKey);
  const Tensor near = matrix(2, 1, {0, 1}), far = matrix(1, 1, {1000});
  mixture.init(near);

  EXPECT_NEAR(mixture.calc_log_likelihood(far).total, -499002, 2);
}

TEST(GaussianMixture, DrawsFromOneComponentIfToldTo) {
  GaussianMixture mixture(2, kKey);
  const Tensor X = matrix(2, 1, {-100, 100});
  mixture.init(X);
  mixture.mu = X;

  const Tensor drawn = mixture.sample(50, 1);

  EXPECT_THAT(drawn.floats(), testing::Each(testing::Gt(0)));
}

TEST(BernoulliMixture, LeavesAComponentWithoutSamples) {
  BernoulliMixture mixture(2, kKey);
  mixture.mu = matrix(2, 2, {0.5F, 0.5F, 0.25F, 0.75F});
  mixture.pi = matrix(1, 2, {1, 0});

  const Tensor X = matrix(2, 2, {1, 0, 1, 1});
  mixture.update(X);

  EXPECT_THAT(mixture.mu.floats(), Pointwise(FloatNear(1e-6F), {1.0F, 0.5F, 0.25F, 0.75F}));
}

TEST(BernoulliMixture, DrawsAsOftenAsItsMeansSay) {
  BernoulliMixture mixture(1, kKey);
  mixture.mu = matrix(1, 2, {0.2F, 1});

  const auto means = column_means(mixture.sample(4000));

  EXPECT_NEAR(means[0], 0.2, 4 * std::sqrt(0.16 / 4000));
  EXPECT_NEAR(means[1], 1, 1e-9);
}

TEST(ExponentialMixture, DrawsOfOneOverItsRates) {
  ExponentialMixture mixture(1, kKey);
  mixture.rate = matrix(1, 2, {4, 0.5F});

  const auto means = column_means(mixture.sample(4000));

  EXPECT_NEAR(means[0], 0.25, 4 * 0.25 / std::sqrt(4000));
  EXPECT_NEAR(means[1], 2, 4 * 2 / std::sqrt(4000));
}

TEST(ExponentialMixture, StartsNearTheSamplesMean) {
  ExponentialMixture mixture(3, kKey);
  const Tensor X = matrix(3, 1, {1, 2, 3});
  mixture.init(X);

  for (const float r : mixture.rate.floats()) EXPECT_NEAR(r, 0.5F, 0.0051F);
  float sum = 0;
  for (const float p : mixture.pi.floats()) sum += p;
  EXPECT_NEAR(sum, 1, 1e-6F);
}

TEST(Mixtures, RefuseNonsense) {
  EXPECT_THROW(BernoulliMixture(0, kKey), Error);
  BernoulliMixture mixture(2, kKey);
  const Tensor X = matrix(1, 2, {0, 1});
  EXPECT_THROW(mixture.init(X), Error);
  EXPECT_THROW(mixture.update(X), Error);
  EXPECT_THROW(mixture.sample(1, 2), Error);
}

}  // namespace
}  // namespace plexus::math

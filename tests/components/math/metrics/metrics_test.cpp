#include "plexus/components/math/metrics.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

Tensor matrix(std::int64_t rows, std::int64_t cols, std::vector<float> values) {
  return {{rows, cols}, std::move(values)};
}

TEST(Metrics, AgreeWithTheReferencesOwnExample) {
  const Tensor mu =
      matrix(5, 3, {5, -6, 12, -11, 8, -2, 2, -1, 9, 15, 2.1F, -32, 4, -11.2F, -0.2F});
  const Tensor y = matrix(5, 3, {0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0});
  const std::int32_t labels[]{2, 2, 1, 0, 0};

  EXPECT_FLOAT_EQ(measure_ACC(mu, y), 0.6F);
  EXPECT_FLOAT_EQ(measure_ACC(mu, labels), 0.6F);
  EXPECT_NEAR(measure_MSE(mu, y).mean, 364.778F, 1e-3F);
  EXPECT_NEAR(measure_RMSE(mu, y).mean, 19.099163F, 1e-5F);
  EXPECT_NEAR(measure_MAE(mu, y).mean, 23.9F, 1e-5F);
}

TEST(GaussianDivergence, HasItsQuadraticTermOnce) {
  const Tensor S1 = matrix(2, 2, {1, 0.2F, 0.2F, 2}), S2 = matrix(2, 2, {2, 0, 0, 1});
  const Tensor m1 = matrix(1, 2, {0, 0}), m2 = matrix(1, 2, {1, 1});

  EXPECT_NEAR(measure_gaussian_KLD(m1, S1, m2, S2), 1.0101013F, 1e-5F);
  EXPECT_NEAR(measure_gaussian_KLD(m1, S1, m1, S1), 0, 1e-6F);
}

TEST(GaussianDivergence, RefusesWhatIsNoCovariance) {
  const Tensor m = matrix(1, 2, {0, 0}), S = matrix(2, 2, {1, 2, 2, 1});

  EXPECT_THAT([&] { measure_gaussian_KLD(m, S, m, S); },
              ThrowsMessage<Error>(HasSubstr("not positive definite")));
  EXPECT_THAT([&] { measure_gaussian_KLD(m, m, m, S); },
              ThrowsMessage<Error>(HasSubstr("Sigma1 has shape (1, 2); expected (2, 2)")));
}

TEST(Metrics, RefuseShapesThatDiffer) {
  const Tensor a = matrix(1, 2, {0, 0}), b = matrix(2, 1, {0, 0});
  const std::int32_t one[]{1}, two[]{1, 2};

  EXPECT_THROW(measure_MSE(a, b), Error);
  EXPECT_THROW(measure_ARI(one, two), Error);
  EXPECT_THROW(measure_ACC(a, two), Error);
  EXPECT_THROW(measure_breadthOfTuningCurve(a), Error);
}

TEST(Sparsity, OfOneActiveUnitIsTheLargest) {
  const Tensor codes = matrix(2, 4, {0, 0, 3, 1, 0, 0, 3, 0});

  EXPECT_FLOAT_EQ(measure_gini_index(codes).each[0], 0.625F);
  EXPECT_FLOAT_EQ(measure_gini_index(codes).each[1], 0.75F);
  EXPECT_NEAR(measure_hoyer_sparsity(codes).each[0], 0.735089F, 1e-5F);
  EXPECT_NEAR(measure_hoyer_sparsity(codes).each[1], 1, 1e-5F);
  EXPECT_NEAR(measure_excess_kurtosis(codes).each[0], -1, 1e-5F);
  EXPECT_THAT(measure_sparsity(codes).each, ElementsAre(0.5F, 0.25F));
}

TEST(SpikeStatistics, AreZeroOrNothingOfASilentNeuron) {
  const Tensor silent = matrix(3, 1, {0, 0, 0});
  const Tensor responses{{2, 3, 1}, std::vector<float>(6, 0.0F)};

  EXPECT_EQ(measure_firingRate(silent).mean, 0);
  EXPECT_TRUE(std::isnan(measure_fanoFactor(silent).each[0]));
  EXPECT_EQ(measure_workload_entropy(silent).entropy, 0);
  EXPECT_EQ(measure_workload_entropy(silent).dead, 1U);
  EXPECT_EQ(measure_breadthOfTuningCurve(responses).mean, 0);
  EXPECT_EQ(measure_Pearson_correlation(responses, responses).mean, 0);
}

TEST(Categorization, CountsClassesThatOccurAndSamplesWithoutAnyScore) {
  const Tensor mu = matrix(3, 3, {0, 0, 0, 0, 0, 1, 1, 0, 0});
  const std::int32_t labels[]{0, 2, 2};

  const Categorization c = analyze_categorization_performance(mu, labels);

  EXPECT_THAT(c.classes, ElementsAre(0, 2));
  EXPECT_THAT(c.confusion, ElementsAre(1, 0, 1, 1));
  EXPECT_EQ(c.misses, 1);
  EXPECT_FLOAT_EQ(c.accuracy, 2.0F / 3);
  EXPECT_FLOAT_EQ(c.adjusted_accuracy, 1.0F / 3);
  EXPECT_FLOAT_EQ(c.precision, 0.75F);
  EXPECT_FLOAT_EQ(c.recall, 0.75F);
}

}  // namespace
}  // namespace plexus::math

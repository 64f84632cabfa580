// The mixtures against tests/golden/density.

#include <map>

#include "plexus/components/math/density.h"
#include "tests/components/math/tables.h"

namespace plexus::math {
namespace {

constexpr Tolerance kClose{.relative = 1e-4, .of_largest = 1e-6};

const Tensor& table(const std::string& name) {
  static const auto all = golden_tables("density");
  return all.at(name);
}

void expect_close(const Tensor& actual, const std::string& name) {
  EXPECT_TRUE(agrees(actual.floats(), table(name).floats(), kClose)) << name;
}
void expect_row(const Tensor& actual, const std::string& name, std::int64_t row) {
  EXPECT_TRUE(agrees(actual.floats(), table(name).row(row), kClose)) << name << " " << row;
}
void expect_likelihood(const Mixture& mixture, const Tensor& X, const std::string& name) {
  const LogLikelihood l = mixture.calc_log_likelihood(X);
  EXPECT_TRUE(agrees(l.rows, table(name + "_rows").floats(), kClose)) << name;
  EXPECT_TRUE(agrees({&l.total, 1}, table(name).floats(), kClose)) << name;
}

class GoldenGaussianMixture : public testing::TestWithParam<std::string> {};

TEST_P(GoldenGaussianMixture, IsExpectedAndMaximised) {
  const std::string prefix = "GaussianMixture." + GetParam() + ".";
  const Tensor& X = table(prefix + "X");
  GaussianMixture mixture(3, Key{}, 50, GetParam() == "diagonal");
  mixture.pi = table(prefix + "pi0");
  mixture.mu = table(prefix + "mu0");
  mixture.Sigma = table(prefix + "Sigma0");
  expect_close(mixture.responsibilities(X), prefix + "responsibilities");
  expect_likelihood(mixture, X, prefix + "log_likelihood");

  const Tensor& before = table(prefix + "updates.log_likelihood_before");
  for (std::int64_t i = 0; i < before.shape[0]; ++i) {
    const float total = mixture.calc_log_likelihood(X).total;
    EXPECT_TRUE(agrees({&total, 1}, before.row(i), kClose)) << i;
    mixture.update(X);
    expect_row(mixture.pi, prefix + "updates.pi", i);
    expect_row(mixture.mu, prefix + "updates.mu", i);
    expect_row(mixture.Sigma, prefix + "updates.Sigma", i);
  }
}
INSTANTIATE_TEST_SUITE_P(Tables, GoldenGaussianMixture, testing::Values("full", "diagonal"),
                         [](const auto& c) { return c.param; });

TEST(GoldenBernoulliMixture, IsExpectedAndMaximised) {
  const Tensor& X = table("BernoulliMixture.X");
  BernoulliMixture mixture(3, Key{});
  mixture.pi = table("BernoulliMixture.pi0");
  mixture.mu = table("BernoulliMixture.mu0");
  expect_close(mixture.responsibilities(X), "BernoulliMixture.responsibilities");
  expect_likelihood(mixture, X, "BernoulliMixture.log_likelihood");
  for (std::int64_t i = 0; i < 5; ++i) {
    mixture.update(X);
    expect_row(mixture.pi, "BernoulliMixture.updates.pi", i);
    expect_row(mixture.mu, "BernoulliMixture.updates.mu", i);
  }
}

TEST(GoldenExponentialMixture, IsExpectedAndMaximised) {
  const Tensor& X = table("ExponentialMixture.X");
  ExponentialMixture mixture(3, Key{});
  mixture.pi = table("ExponentialMixture.pi0");
  mixture.rate = table("ExponentialMixture.rate0");
  expect_close(mixture.responsibilities(X), "ExponentialMixture.responsibilities");
  expect_likelihood(mixture, X, "ExponentialMixture.weighted_log_likelihood");
  for (std::int64_t i = 0; i < 5; ++i) {
    mixture.update(X);
    expect_row(mixture.pi, "ExponentialMixture.updates.pi", i);
    expect_row(mixture.rate, "ExponentialMixture.updates.rate", i);
  }
}

}  // namespace
}  // namespace plexus::math

#include "plexus/components/math/sum.h"

#include <cmath>

#include <gtest/gtest.h>

namespace plexus::math {
namespace {

TEST(Sum, AddsEveryTermOnce) {
  for (const std::int64_t n : {0, 1, 15, 16, 17, 512, 513, 1025, 3000})
    EXPECT_EQ(sum(0, n, [](std::int64_t i) { return static_cast<float>(i); }),
              static_cast<float>(n * (n - 1) / 2));
}

TEST(Sum, IsMoreAccurateThanOneChain) {
  constexpr std::int64_t kTerms = 1'000'000;
  const auto term = [](std::int64_t) { return 0.1F; };
  float chain = 0;
  for (std::int64_t i = 0; i < kTerms; ++i) chain += term(i);

  EXPECT_NEAR(sum(0, kTerms, term), 1e5, 0.1);
  EXPECT_GT(std::abs(chain - 1e5F), 500);
}

}  // namespace
}  // namespace plexus::math

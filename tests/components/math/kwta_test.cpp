#include "plexus/components/math/kwta.h"

#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

const std::vector<float> kTwoGroups{1, 1, 0, 0, 0, 0, 1, 1};
const ConstMatrixView kMasks{kTwoGroups.data(), 2, 4};

std::vector<float> row_of(const std::vector<float>& x, const auto& f) {
  std::vector<float> y(x.size());
  const auto n = static_cast<std::int64_t>(x.size());
  f(ConstMatrixView{x.data(), 1, n}, MatrixView{y.data(), 1, n});
  return y;
}

TEST(KthLargest, AgreesWithSorting) {
  std::mt19937 rng{7};
  std::uniform_int_distribution<int> value{-9, 9};
  std::vector<float> x(40);
  for (float& v : x) v = static_cast<float>(value(rng));
  auto sorted = x;
  std::ranges::sort(sorted, std::greater{});

  for (int k = 1; k <= 40; ++k)
    EXPECT_EQ(kth_largest(x, k), sorted[static_cast<std::size_t>(k - 1)]) << k;
}

TEST(KthLargest, RanksNaNAboveAll) {
  const std::vector<float> x{1, std::nanf(""), 3};
  EXPECT_TRUE(std::isnan(kth_largest(x, 1)));
  EXPECT_EQ(kth_largest(x, 2), 3);
  EXPECT_EQ(kth_largest(x, 3), 1);
}

TEST(KthLargest, RefusesMoreWinnersThanUnits) {
  const std::vector<float> x{1, 2, 3};
  EXPECT_THAT([&] { kth_largest(x, 5); },
              ThrowsMessage<Error>(HasSubstr("cannot choose 5 winners among 3 units")));
  EXPECT_THROW(kth_largest(x, 0), Error);
}

TEST(BatchedWinners, KeepTies) {
  EXPECT_THAT(row_of({3, 1, 2, 2, 0}, [](auto x, auto y) { bkwta(x, 2, y); }),
              ElementsAre(1, 0, 1, 1, 0));
}

TEST(LocalWinners, AreAllThatReachTheWeakestWinnerOfAnyGroup) {
  EXPECT_THAT(row_of({1, 2, 3, 4}, [](auto x, auto y) { kwta(x, kMasks, 1, y); }),
              ElementsAre(0, 2, 3, 4));
  EXPECT_THAT(row_of({1, 2, 3, 4}, [](auto x, auto y) { d_kwta(x, kMasks, 1, y); }),
              ElementsAre(0, 1, 1, 1));
}

TEST(LocalWinners, AreKeptWithinTheBound) {
  EXPECT_THAT(row_of({1, 2, 3, 4}, [](auto x, auto y) { lkwta(x, kMasks, 1, 2.5F, y); }),
              ElementsAre(0, 2, 2.5F, 2.5F));
}

TEST(LocalWinners, DoNotTurnInfiniteLosersIntoNaN) {
  EXPECT_THAT(row_of({-INFINITY, 2, 3, 4}, [](auto x, auto y) { kwta(x, kMasks, 1, y); }),
              ElementsAre(0, 2, 3, 4));
}

TEST(LocalWinners, NeedMasksOfTheRightWidth) {
  EXPECT_THAT(
      [] {
        row_of({1, 2, 3}, [](auto x, auto y) { kwta(x, kMasks, 1, y); });
      },
      ThrowsMessage<Error>(HasSubstr("masks of width 4 do not fit 3 units")));
}

TEST(QuantileWinners, AreChosenGroupByGroup) {
  EXPECT_THAT(row_of({1, 2, 3, 4}, [](auto x, auto y) { quantile_lkwta(x, kMasks, 1, y); }),
              ElementsAre(0, 2, 0, 4));
  EXPECT_THAT(row_of({1, 2, 3, 4}, [](auto x, auto y) { d_quantile_lkwta(x, kMasks, 1, y); }),
              ElementsAre(0, 1, 0, 1));
}

TEST(GroupMean, IsSmearedOverTheGroup) {
  EXPECT_THAT(row_of({1, 2, 3, 5}, [](auto x, auto y) { group_mean(x, kMasks, y); }),
              ElementsAre(1.5F, 1.5F, 4, 4));
}

TEST(GroupMean, IsZeroOutsideAllGroups) {
  const std::vector<float> mask{1, 1, 0, 0, 0, 0, 0, 0};  // and a group without members
  EXPECT_THAT(row_of({1, 2, 3, 5},
                     [&](auto x, auto y) {
                       group_mean(x, {mask.data(), 2, 4}, y);
                     }),
              ElementsAre(1.5F, 1.5F, 0, 0));
}

}  // namespace
}  // namespace plexus::math

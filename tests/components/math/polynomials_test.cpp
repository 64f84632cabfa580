#include "plexus/components/math/polynomials.h"

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

const std::vector<float> kX{2, -1}, kY{3, 5}, kZ{7, 0};

Polynomials of(std::vector<std::span<const float>> variables, int order, bool bias = true) {
  return polynomials(variables, order, bias);
}

TEST(Polynomials, StandInTheReferencesOrder) {
  const auto [values, names] = of({kX, kY}, 2, false);

  EXPECT_THAT(names, ElementsAre("y", "y^2", "x", "x y", "x^2"));
  EXPECT_EQ(values.shape, (Shape{2, 5}));
  EXPECT_THAT(values.row(0), ElementsAre(3, 9, 2, 6, 4));
  EXPECT_THAT(values.row(1), ElementsAre(5, 25, -1, -5, 1));
}

TEST(Polynomials, OfThreeVariablesChangeTheLastFastest) {
  const auto [values, names] = of({kX, kY, kZ}, 1);

  EXPECT_THAT(names, ElementsAre("1", "z", "y", "x"));
  EXPECT_THAT(values.row(1), ElementsAre(1, 0, 5, -1));
  EXPECT_EQ(of({kX, kY, kZ}, 3).names.size(), 20U);  // (3 + 3 choose 3)
}

TEST(Polynomials, OfOneVariableAreItsPowers) {
  EXPECT_THAT(of({kX}, 3).values.row(0), ElementsAre(1, 2, 4, 8));
}

TEST(Polynomials, RefuseNonsense) {
  const std::vector<float> longer{1, 2, 3};
  EXPECT_THAT(
      [&] {
        of({kX, longer}, 1);
      },
      ThrowsMessage<Error>(HasSubstr("one variable has 2 samples, another 3")));
  EXPECT_THAT([&] { of({}, 1); }, ThrowsMessage<Error>(HasSubstr("one to three variables")));
  EXPECT_THAT([&] { of({kX}, -1); }, ThrowsMessage<Error>(HasSubstr("an order of 0 or more")));
}

}  // namespace
}  // namespace plexus::math

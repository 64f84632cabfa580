#include "plexus/core/parameters.h"

#include <gmock/gmock.h>

#include "plexus/plexus.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

using testing::HasSubstr;

class ParametersTest : public testing::Test {
 protected:
  Context circuit_{"v", {.seed = 1}};
};

TEST_F(ParametersTest, RefuseArraysOfAnotherTypeByName) {
  const Tensor whole{{2}, std::vector<std::int32_t>{1, 2}};
  const Tensor word{{}, std::vector<std::uint32_t>{5}};
  const Tensor mask{{4, 3}, std::vector<std::int32_t>(12, 1)};

  EXPECT_THAT(error_of([&] { circuit_.add<LIFCell>("c", {.n_units = 2, .tau_m = whole}); }),
              HasSubstr("c.tau_m holds int32 values, expected float32"));
  EXPECT_THAT(
      error_of([&] { circuit_.add<GaussianErrorCell>("e", {.n_units = 2, .sigma = word}); }),
      HasSubstr("e.sigma holds uint32 values, expected float32"));
  EXPECT_THAT(error_of([&] {
                circuit_.add<DenseSynapse>("W", {.shape = {4, 3}, .mask = mask});
              }),
              HasSubstr("W.mask holds int32 values, expected float32"));
  EXPECT_TRUE(circuit_.components().empty());
}

TEST_F(ParametersTest, NameTheNumberOfAnArrayThatIsOutOfRange) {
  const Tensor tau{{2}, std::vector<float>{20, -1}};

  EXPECT_THAT(
      error_of([&] { circuit_.add<LIFCell>("c", {.n_units = 2, .tau_m = tau}); }),
      HasSubstr("c.tau_m holds -1; expected a number > 0, or an array of numbers > 0, in ms"));
}

TEST_F(ParametersTest, TakeWholeNumbersAsAFirstValue) {
  const Tensor weights{{2, 2}, std::vector<std::int32_t>{1, 2, 3, 4}};

  auto& W =
      circuit_.add<DenseSynapse>("W", {.shape = {2, 2}, .weight_init = init::literal(weights)});

  EXPECT_THAT(W.weights.values(), testing::ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace plexus::test

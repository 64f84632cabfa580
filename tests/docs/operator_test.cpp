// The operator that docs/contributing.md adds.
#include <algorithm>

#include <gmock/gmock.h>

#include "plexus/plexus.h"

namespace plexus {
namespace {

const bool registered = (register_operator({
                             .name = "Rectify",
                             .doc = "a - threshold where that is above 0, else 0",
                             .arguments = {{"threshold", 0.0}},
                             .shape = [](auto operands, auto /*numbers*/) { return operands[0]; },
                             .evaluate =
                                 [](const OperatorCall& call) {
                                   const auto threshold = static_cast<float>(call.arguments[0]);
                                   for (std::size_t i = 0; i < call.output.shape.size(); ++i)
                                     call.output.values[i] =
                                         std::max(call.inputs[0].values[i] - threshold, 0.0F);
                                 },
                         }),
                         true);

TEST(ContributingOperator, IsCalledByItsName) {
  ASSERT_TRUE(registered);
  Context circuit("v1", {.seed = 1});
  auto& a = circuit.add<RateCell>("a", {.n_units = 3, .tau_m = 0});
  auto& b = circuit.add<RateCell>("b", {.n_units = 3, .tau_m = 0});
  apply("Rectify", {a.z}, {0.5}) >> b.j;

  a.z.set({0, 0.5F, 2});

  EXPECT_THAT(b.j.value().floats(), testing::ElementsAre(0, 0, 1.5F));
}

}  // namespace
}  // namespace plexus

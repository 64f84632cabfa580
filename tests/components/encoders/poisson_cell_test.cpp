#include "plexus/components/encoders/poisson_cell.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr Key kPoissonKey{2877103387, 1697627890};  // row 1 of split(PRNGKey(1234), 6)

class PoissonCellTest : public testing::Test {
 protected:
  PoissonCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  Context circuit_{"test", {.seed = 1}};
};

TEST_F(PoissonCellTest, DrawsAsTheReferenceDoes) {
  auto& cell = circuit_.add<PoissonCell>("cell", {.n_units = 4, .target_freq = 250}, kPoissonKey);
  cell.inputs.set({1, 0.5F, 0.75F, 0.1F});

  const std::vector<float> spikes = Responses(cell.advance_state, cell.outputs).after(4);

  EXPECT_THAT(spikes, ElementsAre(0, 1, 1, 0,  //
                                  0, 0, 0, 0,  //
                                  1, 1, 0, 0,  //
                                  0, 0, 0, 0));
}

TEST_F(PoissonCellTest, FiresInEveryStepAtTheLargestRate) {
  auto& cell = circuit_.add<PoissonCell>("cell", {.n_units = 1000, .target_freq = 1000});
  cell.inputs.set(1);

  EXPECT_THAT(Responses(cell.advance_state, cell.outputs).after(10).values(), Each(1));
}

TEST_F(PoissonCellTest, SpreadsItsRateOverTheSteps) {
  auto& cell = circuit_.add<PoissonCell>("cell", {.n_units = 20000, .target_freq = 1000});
  cell.inputs.set(1);

  cell.advance_state.run({.t = 0, .dt = 0.1});

  double spikes = 0;
  for (const float s : cell.outputs.values()) spikes += static_cast<double>(s);
  EXPECT_NEAR(spikes, 2000, 4 * std::sqrt(20000 * 0.1 * 0.9));
}

TEST_F(PoissonCellTest, RefusesARateThatIsNone) {
  EXPECT_THAT(
      [&] { circuit_.add<PoissonCell>("cell", {.n_units = 1, .target_freq = 0}); },
      ThrowsMessage<Error>(HasSubstr("cell.target_freq is 0; expected a number > 0, in Hz")));
}

}  // namespace
}  // namespace plexus

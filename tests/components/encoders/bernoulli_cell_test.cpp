#include "plexus/components/encoders/bernoulli_cell.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::ElementsAre;

constexpr Key kKey{2877103387, 1697627890};  // row 1 of split(PRNGKey(1234), 6)

class BernoulliCellTest : public testing::Test {
 protected:
  BernoulliCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  Context circuit_{"test", {.seed = 1}};
};

TEST_F(BernoulliCellTest, FiresForCertainAtOneAndNeverAtZero) {
  auto& cell = circuit_.add<BernoulliCell>("cell", {.n_units = 1}, kKey);

  const std::vector<float> spikes =
      Responses(cell.advance_state, cell.outputs).to(cell.inputs, {{1}, {1}, {0}, {0}, {1}});

  EXPECT_THAT(spikes, ElementsAre(1, 1, 0, 0, 1));
}

TEST_F(BernoulliCellTest, DrawsAsTheReferenceDoes) {
  auto& cell = circuit_.add<BernoulliCell>("cell", {.n_units = 4}, kKey);
  cell.inputs.set({0.5F, 0.25F, 0.75F, 0.1F});

  cell.advance_state.run({.t = 1});
  EXPECT_THAT(cell.outputs.values(), ElementsAre(0, 1, 1, 0));
  EXPECT_EQ(cell.key.key(), (Key{2278044397, 1763695576}));

  cell.advance_state.run({.t = 2});
  EXPECT_THAT(cell.outputs.values(), ElementsAre(0, 0, 1, 0));

  cell.advance_state.run({.t = 3});
  EXPECT_THAT(cell.outputs.values(), ElementsAre(1, 1, 1, 1));

  cell.advance_state.run({.t = 4});
  EXPECT_THAT(cell.outputs.values(), ElementsAre(0, 0, 1, 0));
  EXPECT_EQ(cell.key.key(), (Key{2043727185, 3537828123}));
  EXPECT_THAT(cell.tols.values(), ElementsAre(3, 3, 4, 3));
}

TEST_F(BernoulliCellTest, FiresAsOftenAsItsInputSays) {
  auto& cell = circuit_.add<BernoulliCell>("cell", {.n_units = 1000, .batch_size = 20});
  cell.inputs.set(0.3F);

  cell.advance_state.run({.t = 1});

  const float p = cell.outputs.read().mean();
  EXPECT_NEAR(p, 0.3F, 4 * std::sqrt(0.3F * 0.7F / 20000));
}

TEST_F(BernoulliCellTest, ResetClearsInputsSpikesAndTimesButKeepsTheKey) {
  auto& cell = circuit_.add<BernoulliCell>("cell", {.n_units = 2}, kKey);
  cell.inputs.set(1);
  cell.advance_state.run({.t = 5});
  const Key key = cell.key.key();

  cell.reset.run();

  for (const Compartment* c : {&cell.inputs, &cell.outputs, &cell.tols})
    EXPECT_THAT(c->values(), ElementsAre(0, 0));
  EXPECT_EQ(cell.key.key(), key);
}

TEST_F(BernoulliCellTest, ResetLeavesASourceAlone) {
  auto& source = circuit_.add<BernoulliCell>("source", {.n_units = 2});
  auto& cell = circuit_.add<BernoulliCell>("cell", {.n_units = 2});
  circuit_.wire(source.outputs, cell.inputs);
  source.outputs.set(1);

  cell.reset.run();

  EXPECT_THAT(source.outputs.values(), ElementsAre(1, 1));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/encoders/ttfs_cell.h"

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

class TTFSCellTest : public testing::Test {
 protected:
  TTFSCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  TTFSCell& add(const TTFSCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<TTFSCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(TTFSCellTest, FiresOnceTheEarlierTheLargerTheInput) {
  auto& cell = add({.n_units = 6, .num_steps = 10, .tau_ref = 3});
  cell.inputs.set({1, 0.9F, 0.5F, 0.25F, 0.1F, 0});
  const std::vector<float> targets{0, 1, 3, 6, 8, 9};

  for (int t = 0; t < 12; ++t) {
    cell.advance_state.run({.t = static_cast<double>(t), .dt = 1});
    EXPECT_THAT(cell.target_spike_times.values(), testing::ElementsAreArray(targets));
    for (std::size_t i = 0; i < 6; ++i)
      EXPECT_EQ(cell.outputs.values()[i], static_cast<float>(t) == targets[i]) << t;
    if (t == 1) {
      EXPECT_THAT(cell.refractory_counter.values(), ElementsAre(2, 3, 0, 0, 0, 0));
    }
  }
  EXPECT_THAT(cell.tols.values(), testing::ElementsAreArray(targets));
}

TEST_F(TTFSCellTest, StretchesTheLogarithmicCodeToTheWeakestInputOfTheBatch) {
  auto& cell = add({.n_units = 2, .num_steps = 10, .latency_mode = "logarithmic", .batch_size = 2});
  cell.inputs.set({1, 0.5F, 0.2F, 0.001F});

  cell.advance_state.run({.t = 0, .dt = 0.5});

  EXPECT_THAT(cell.target_spike_times.values(), ElementsAre(0, 1, 2, 9));
}

TEST_F(TTFSCellTest, LooksAtItsInputsInStepZeroOnly) {
  auto& cell = add({.n_units = 1, .num_steps = 10});
  cell.inputs.set(1);
  cell.advance_state.run({.t = 0, .dt = 1});
  cell.inputs.set(0);
  cell.advance_state.run({.t = 1, .dt = 1});

  EXPECT_EQ(cell.target_spike_times.scalar(), 0);
  EXPECT_EQ(cell.has_fired.scalar(), 1);
}

TEST_F(TTFSCellTest, ResetLeavesASourceAlone) {
  auto& source = add({.n_units = 2});
  auto& cell = add({.n_units = 2});
  circuit_.wire(source.outputs, cell.inputs);
  source.outputs.set(1);
  cell.advance_state.run({.t = 0, .dt = 1});

  cell.reset.run();

  EXPECT_THAT(source.outputs.values(), Each(1));
  for (const Compartment* c : {&cell.outputs, &cell.tols, &cell.has_fired, &cell.target_spike_times,
                               &cell.refractory_counter})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

TEST_F(TTFSCellTest, RefusesAnUnknownMode) {
  EXPECT_THAT([&] { add({.n_units = 1, .latency_mode = "linear"}); },
              ThrowsMessage<Error>(HasSubstr("latency_mode")));
}

}  // namespace
}  // namespace plexus

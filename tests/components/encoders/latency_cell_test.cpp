#include "plexus/components/encoders/latency_cell.h"

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

class LatencyCellTest : public testing::Test {
 protected:
  LatencyCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  LatencyCell& add(const LatencyCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<LatencyCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

/// The step of each unit's spike, -1 for none.
std::vector<int> spike_times(LatencyCell& cell, int steps) {
  cell.calc_spike_times.run();
  std::vector<int> times(cell.outputs.values().size(), -1);
  for (int t = 0; t < steps; ++t) {
    cell.advance_state.run({.t = static_cast<double>(t)});
    for (std::size_t i = 0; i < times.size(); ++i)
      if (cell.outputs.values()[i] == 1) times[i] = times[i] < 0 ? t : -2;
  }
  return times;
}

TEST_F(LatencyCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 4, .linearize = true, .normalize = true, .num_steps = 50});
  cell.inputs.set({0.02F, 0.5F, 1, 0});

  EXPECT_THAT(spike_times(cell, 50), ElementsAre(48, 24, 0, 49));
  EXPECT_THAT(cell.targ_sp_times.values(), AreNear(1e-4F, {48.02F, 24.5F, 0, 48.51F}));
}

TEST_F(LatencyCellTest, SuppressesSpikesOfWeakInputsButNotesTheirTimes) {
  auto& cell =
      add({.n_units = 5, .tau = 10, .threshold = 0.1F, .linearize = true, .clip_spikes = true});
  cell.inputs.set({1, 0.5F, 0.25F, 0.05F, 0});

  EXPECT_THAT(spike_times(cell, 12), ElementsAre(0, 5, 8, -1, -1));
  EXPECT_THAT(cell.tols.values(), ElementsAre(0, 5, 8, 9, 9));
}

TEST_F(LatencyCellTest, TellsInputsApartByALogarithmicCode) {
  auto& cell = add({.n_units = 3, .tau = 5, .threshold = 0.2F});
  cell.inputs.set({1, 0.4F, 0.1F});

  cell.calc_spike_times.run();

  EXPECT_THAT(cell.targ_sp_times.values(),
              AreNear(1e-4F, {5 * 0.22314355F, 5 * 0.6931472F, 5 * 14.466479F}));
}

TEST_F(LatencyCellTest, StretchesLogarithmicLatenciesToTheLastStep) {
  auto& cell = add(
      {.n_units = 2, .first_spike_time = 2, .normalize = true, .num_steps = 12, .batch_size = 2});
  cell.inputs.set({1, 0.4F, 0.1F, 0});

  cell.calc_spike_times.run();

  EXPECT_FLOAT_EQ(cell.targ_sp_times.values()[3], 11);
  EXPECT_GT(cell.targ_sp_times.values()[0], 2);
}

TEST_F(LatencyCellTest, IsFiniteWhereNoLatencyCouldBeStretched) {
  auto& cell = add({.n_units = 2, .threshold = 0, .normalize = true, .num_steps = 12});
  cell.inputs.set(0.5F);

  cell.calc_spike_times.run();

  EXPECT_THAT(cell.targ_sp_times.values(), Each(0));
}

TEST_F(LatencyCellTest, RefusesToStretchToFewerStepsThanPassBeforeTheFirstSpike) {
  EXPECT_THAT(
      [&] { add({.n_units = 1, .first_spike_time = 3, .normalize = true, .num_steps = 2}); },
      ThrowsMessage<Error>(HasSubstr("cell0.num_steps is 2")));
}

TEST_F(LatencyCellTest, ResetClearsAllButASource) {
  auto& source = add({.n_units = 2});
  auto& cell = add({.n_units = 2, .clip_spikes = true});
  circuit_.wire(source.outputs, cell.inputs);
  source.outputs.set(1);
  spike_times(cell, 5);

  cell.reset.run();

  EXPECT_THAT(source.outputs.values(), Each(1));
  for (const Compartment* c :
       {&cell.outputs, &cell.tols, &cell.mask, &cell.clip_mask, &cell.targ_sp_times})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

}  // namespace
}  // namespace plexus

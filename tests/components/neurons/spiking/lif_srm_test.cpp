#include "plexus/components/neurons/spiking/lif_srm.h"

#include <cmath>

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

class LIFSRMTest : public CellTest<LIFSRM> {
 protected:
  std::vector<float> in_the_example(Compartment LIFSRM::*watched) {
    auto& cell = add({.n_units = 1, .tau_m = 10});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.current_j, {{60}, {60}, {60}, {0}, {0}, {0}, {0}, {0}});
  }
};

TEST_F(LIFSRMTest, FiresForAsLongAsItsDriveExceedsTheThreshold) {
  EXPECT_THAT(in_the_example(&LIFSRM::s), ElementsAre(0, 0, 1, 1, 1, 1, 1, 1));
  EXPECT_THAT(in_the_example(&LIFSRM::v),
              AreNear(1e-5F, {-59, -53.5709763F, -60, -60, -60, -60, -60, -60}));
  EXPECT_THAT(in_the_example(&LIFSRM::j_lowpass),
              AreNear(1e-5F, {6, 11.4290247F, 16.3414097F, 14.7863188F, 13.3792143F, 12.1060143F,
                              10.9539747F, 9.91156673F}));
  EXPECT_THAT(in_the_example(&LIFSRM::t_last_spike), ElementsAre(-1, -1, 2, 3, 4, 5, 6, 7));
}

TEST_F(LIFSRMTest, MakesOneStepOfManyWithoutACurrent) {
  const Params params{.n_units = 1, .tau_m = 10, .v_reset = -70};
  auto &coarse = add(params), &fine = add(params);
  for (LIFSRM* cell : {&coarse, &fine}) {
    cell->current_j.set(200);
    cell->advance_state.run({.t = 0, .dt = 1});
    EXPECT_EQ(cell->s.scalar(), 1);
    cell->current_j.set(0);
  }

  for (int i = 1; i < 30; ++i) fine.advance_state.run({.t = i * 0.5, .dt = 0.5});
  coarse.t_last_spike.set(fine.t_last_spike.scalar());
  for (LIFSRM* cell : {&coarse, &fine}) cell->advance_state.run({.t = 15, .dt = 0.5});

  EXPECT_NEAR(coarse.j_lowpass.scalar(), 20 * std::exp(-1.5F), 1e-5F);
  EXPECT_NEAR(coarse.j_lowpass.scalar(), fine.j_lowpass.scalar(), 1e-5F);
  EXPECT_NEAR(coarse.v.scalar(), fine.v.scalar(), 1e-5F);
}

TEST_F(LIFSRMTest, PredictsWhenItsDriveFallsBackToTheThreshold) {
  auto& cell = add({.n_units = 1, .tau_m = 10});
  cell.predict_next_spike.run({.more = {{"t_start", 1.0F}}});
  EXPECT_EQ(cell.next_spike_t.scalar(), -1);

  cell.current_j.set(200);
  cell.advance_state.run({.t = 1, .dt = 1});
  cell.predict_next_spike.run({.more = {{"t_start", 1.0F}}});

  EXPECT_EQ(cell.j_lowpass.scalar(), 20);
  EXPECT_FLOAT_EQ(cell.next_spike_t.scalar(), 7.539264F);
}

TEST_F(LIFSRMTest, PredictsNothingWhereNothingDecaysToTheThreshold) {
  auto& cell = add({.n_units = 1, .tau_m = 10, .thr = -70});  // below rest
  cell.j_lowpass.set(-1);

  cell.predict_next_spike.run({.more = {{"t_start", 1.0F}}});

  EXPECT_EQ(cell.next_spike_t.scalar(), -1);
}

TEST_F(LIFSRMTest, HasNoResponseToASpikeThatNeverWas) {
  auto& cell = add({.n_units = 1, .tau_m = 1e-3F});
  cell.j_lowpass.set(20);

  cell.predict_next_spike.run({.more = {{"t_start", -2.0F}}});  // before t_last_spike, -1

  EXPECT_FLOAT_EQ(cell.next_spike_t.scalar(), -2 + 1e-3F * std::log(20.0F / 13));
}

TEST_F(LIFSRMTest, ResetLeavesASourceAlone) {
  auto &source = add({.n_units = 1, .tau_m = 10}), &cell = add({.n_units = 1, .tau_m = 10});
  source.v >> cell.current_j;
  source.v.set(3);

  cell.reset.run();

  EXPECT_EQ(source.v.scalar(), 3);
}

TEST_F(LIFSRMTest, ResetsToItsFirstValues) {
  auto& cell = add({.n_units = 1, .tau_m = 10});

  fill_and_reset(cell);

  EXPECT_EQ(cell.v.scalar(), -65);
  EXPECT_EQ(cell.t_last_spike.scalar(), -1);
  EXPECT_EQ(cell.next_spike_t.scalar(), -1);
  for (const Compartment* c : {&cell.current_j, &cell.s, &cell.j_lowpass, &cell.last_t_eval})
    EXPECT_EQ(c->scalar(), 0);
}

TEST_F(LIFSRMTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 0}); },
              ThrowsError("cell0.tau_m is 0; expected a number > 0, in ms"));
}

}  // namespace
}  // namespace plexus

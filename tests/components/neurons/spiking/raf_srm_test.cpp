#include "plexus/components/neurons/spiking/raf_srm.h"

#include <cmath>

#include "plexus/components/neurons/spiking/raf_cell.h"
#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

class RAFSRMTest : public CellTest<RAFSRM> {
 protected:
  std::vector<float> in_the_example(Compartment RAFSRM::*watched) {
    auto& cell = add({.n_units = 1,
                      .thr = 0.5F,
                      .omega = 1,
                      .dampen_factor = -0.1F,
                      .v_reset = -0.2F,
                      .w_reset = 0.1F});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.current_j, {{1}, {0}, {0}, {0}, {0}, {0}, {0}, {0}});
  }
};

TEST_F(RAFSRMTest, RingsAfterASpikeAsTheReferenceDoes) {
  EXPECT_THAT(in_the_example(&RAFSRM::s), ElementsAre(0, 1, 1, 0, 0, 0, 0, 0));
  EXPECT_THAT(in_the_example(&RAFSRM::v),
              AreNear(2e-6F, {0, -0.200000003F, -0.200000003F, 0.0806308314F, -0.33314091F,
                              -0.369506538F, -0.0982979015F, 0.173625275F}));
  EXPECT_THAT(in_the_example(&RAFSRM::j_v),
              AreNear(2e-6F, {0, 0.761394501F, 0.744469821F, 0.104544185F, -0.507300019F,
                              -0.581617057F, -0.153346375F, 0.326250136F}));
  EXPECT_THAT(in_the_example(&RAFSRM::j_w),
              AreNear(2e-6F, {1, 0.488885731F, -0.340712309F, -0.733404577F, -0.438150406F,
                              0.172049969F, 0.526952803F, 0.374376804F}));
}

TEST_F(RAFSRMTest, SolvesTheEquationsOfRAFCell) {
  auto& exact =
      add({.n_units = 1, .tau_v = 2, .tau_w = 1.5F, .omega = 1.2F, .dampen_factor = -0.2F});
  auto& stepped = circuit_.add<RAFCell>("stepped", {.n_units = 1,
                                                    .tau_v = 2,
                                                    .tau_w = 1.5F,
                                                    .omega = 1.2F,
                                                    .dampen_factor = -0.2F,
                                                    .integration_type = "rk4"});
  exact.j_v.set(0.3F);
  exact.j_w.set(-0.7F);
  stepped.v.set(0.3F);
  stepped.w.set(-0.7F);

  exact.advance_state.run({.t = 4, .dt = 4});
  Responses(stepped.advance_state, stepped.s, 0.001).after(4000);

  EXPECT_NEAR(exact.j_v.scalar(), stepped.v.scalar(), 1e-3F);
  EXPECT_NEAR(exact.j_w.scalar(), stepped.w.scalar(), 1e-3F);
}

TEST_F(RAFSRMTest, MakesOneStepOfManyWithoutACurrent) {
  auto &coarse = add({.n_units = 1, .thr = 9}), &fine = add({.n_units = 1, .thr = 9});
  for (RAFSRM* cell : {&coarse, &fine}) cell->j_w.set(1);

  for (int i = 1; i <= 10; ++i) fine.advance_state.run({.t = i * 0.05, .dt = 0.05});
  coarse.advance_state.run({.t = 0.5, .dt = 0.05});

  EXPECT_NEAR(coarse.v.scalar(), fine.v.scalar(), 1e-5F);
  EXPECT_NEAR(coarse.v.scalar(), std::exp(-0.5F) * std::sin(5.0F), 1e-5F);
}

TEST_F(RAFSRMTest, DampsTheResponseToASpikeIfToldTo) {
  const auto voltage_later = [&](bool damped) {
    auto& cell = add({.n_units = 1, .v_reset = -0.5F, .damped_response = damped});
    cell.t_last_spike.set(0);
    cell.advance_state.run({.t = 2, .dt = 1});
    return cell.v.scalar();
  };
  EXPECT_FLOAT_EQ(voltage_later(false), -0.5F * std::cos(20.0F));
  EXPECT_FLOAT_EQ(voltage_later(true), -0.5F * std::cos(20.0F) * std::exp(-2.0F));
}

TEST_F(RAFSRMTest, PredictsACrossingOrNone) {
  auto& cell = add({.n_units = 2, .thr = 0.5F, .omega = 1, .dampen_factor = -0.1F});
  cell.j_w.set({1, 0});  // the second unit rests

  cell.predict_next_spike.run({.more = {{"t_start", 0.0F}}});

  EXPECT_FLOAT_EQ(cell.next_spike_t.values()[0], 0.5569977F);
  EXPECT_EQ(cell.next_spike_t.values()[1], -1);
}

TEST_F(RAFSRMTest, RefusesAFrequencyTooSmallToOscillate) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_w = 4, .omega = 0.5F}); },
              ThrowsError("cell0.omega is 0.5, too little to oscillate with these time constants "
                          "and dampen_factor\n  give it more than 0.75"));
  EXPECT_NO_THROW(add({.n_units = 1, .tau_w = 4, .omega = 0.76F}));
}

TEST_F(RAFSRMTest, ResetLeavesASourceAlone) {
  auto &source = add({.n_units = 1}), &cell = add({.n_units = 1});
  source.v >> cell.current_j;
  source.v.set(3);

  cell.reset.run();

  EXPECT_EQ(source.v.scalar(), 3);
}

TEST_F(RAFSRMTest, ResetsToItsFirstValues) {
  auto& cell = add({.n_units = 1});

  fill_and_reset(cell);

  EXPECT_EQ(cell.t_last_spike.scalar(), -1);
  EXPECT_EQ(cell.next_spike_t.scalar(), -1);
  for (const Compartment* c :
       {&cell.current_j, &cell.v, &cell.s, &cell.j_v, &cell.j_w, &cell.last_t_eval})
    EXPECT_EQ(c->scalar(), 0);
}

TEST_F(RAFSRMTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_v = 0}); },
              ThrowsError("cell0.tau_v is 0; expected a number > 0, in ms"));
}

}  // namespace
}  // namespace plexus

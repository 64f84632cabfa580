#include "plexus/components/neurons/spiking/raf_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

class RAFCellTest : public CellTest<RAFCell> {
 protected:
  std::vector<float> in_the_example(Compartment RAFCell::*watched, Params params = {}) {
    params.n_units = 1;
    params.tau_v = 20;
    auto& cell = add(params);
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{0}, {1}, {0}, {0}, {0}, {0}, {1}, {0}, {0}});
  }
};

TEST_F(RAFCellTest, AgreesWithTheReferencesOwnExample) {
  EXPECT_THAT(in_the_example(&RAFCell::s), ElementsAre(0, 0, 0, 1, 0, 0, 0, 0, 1));
  EXPECT_THAT(in_the_example(&RAFCell::v),
              AreNear(1e-6F, {0, 0.5F, -2.0250001F, 0, 0, 0, 0.5F, -2.0250001F, 0}));
  EXPECT_THAT(in_the_example(&RAFCell::w), AreNear(1e-6F, {0, 1, -5, 0, 0, 0, 1, -5, 0}));
  EXPECT_THAT(in_the_example(&RAFCell::tols), ElementsAre(0, 0, 0, 3, 3, 3, 3, 3, 8));
}

TEST_F(RAFCellTest, GoesOnRingingIfSpikesDoNotResetIt) {
  EXPECT_THAT(in_the_example(&RAFCell::v, {.post_spike_reset = false}),
              AreNear(0.01F, {0, 0.5F, -2.0250001F, 8.20125008F, -33.215065F, 134.520996F,
                              -544.310059F, 2204.45581F, -8928.04688F}));
  EXPECT_THAT(in_the_example(&RAFCell::s, {.post_spike_reset = false}),
              ElementsAre(0, 0, 0, 1, 0, 1, 0, 1, 0));
}

TEST_F(RAFCellTest, RunsTheIntegratorThatItsNameSaysForBothVariables) {
  const Params params{.n_units = 1, .tau_v = 2, .tau_w = 2, .thr = 5, .omega = 2};
  const auto prepare = [](RAFCell& cell) {
    cell.v.set(1);
    cell.w.set(0.5F);
    cell.j.set(1);
  };
  EXPECT_THAT(by_integrator(params, &RAFCell::w, 0.5, prepare),
              IntegratesTo(1e-6F, 0.125F, 0.171875F, 0.171875F, 0.171875F, 0.168212891F));
  EXPECT_THAT(by_integrator(params, &RAFCell::v, 0.5, prepare),  // with the new w
              IntegratesTo(1e-6F, 0.8125F, 0.856445312F, 0.856445312F, 0.856445312F, 0.853223085F));
}

TEST_F(RAFCellTest, AnswersPulsesInTimeWithItsOwnOscillationOnly) {
  const Params params{.n_units = 1,
                      .tau_v = 1,
                      .tau_w = 1,
                      .thr = 0.17F,
                      .omega = 0.6283F,
                      .dampen_factor = -0.01F};  // a period of 10
  const auto spikes_to_three_pulses = [&](int distance) {
    auto& cell = add(params);
    float spikes = 0;
    for (int step = 0; step < 40 * 100; ++step) {
      cell.j.set(step % (distance * 100) == 0 && step < 2 * distance * 100 + 1 ? 8.0F : 0.0F);
      cell.advance_state.run({.t = step * 0.01, .dt = 0.01});
      spikes += cell.s.scalar();
    }
    return spikes;
  };
  EXPECT_GT(spikes_to_three_pulses(10), 0);  // in phase
  EXPECT_EQ(spikes_to_three_pulses(5), 0);   // against it
}

TEST_F(RAFCellTest, ResetsToItsFirstValues) {
  auto& cell = add({.n_units = 1, .v_reset = 3, .w_reset = 4, .v0 = 0.5F, .w0 = -0.25F});

  fill_and_reset(cell);

  EXPECT_EQ(cell.v.scalar(), 0.5F);
  EXPECT_EQ(cell.w.scalar(), -0.25F);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(RAFCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_v = -1}); },
              ThrowsError("cell0.tau_v is -1; expected a number > 0, in ms"));
  EXPECT_THAT([&] { add({.n_units = 0}); }, ThrowsError("cell1.n_units is 0"));
}

}  // namespace
}  // namespace plexus

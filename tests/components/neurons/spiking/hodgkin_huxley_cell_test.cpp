#include "plexus/components/neurons/spiking/hodgkin_huxley_cell.h"

#include <algorithm>
#include <cmath>

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

using HodgkinHuxleyCellTest = CellTest<HodgkinHuxleyCell>;

/// Those of the paper of 1952.
const HodgkinHuxleyCell::Params kSquid{
    .n_units = 1, .tau_v = 1, .v_K = -12, .g_Na = 120, .g_K = 36, .thr = 50};

TEST_F(HodgkinHuxleyCellTest, AgreesWithTheReferencesOwnExample) {
  EXPECT_THAT(driven({.n_units = 1, .tau_v = 1}, 0, &HodgkinHuxleyCell::v, 20, 0.01),
              AreNear(1.5e-6F, {0.02414415F, 0.04820144F, 0.07217567F, 0.09607048F, 0.11988933F,
                                0.14363553F, 0.16731221F, 0.19092241F, 0.21446899F, 0.23795472F,
                                0.26138224F, 0.28475408F, 0.30807265F, 0.3313403F,  0.35455925F,
                                0.37773165F, 0.40085957F, 0.42394499F, 0.44698984F, 0.46999594F}));
}

TEST_F(HodgkinHuxleyCellTest, RunsTheIntegratorThatItsNameSaysWithAllElseHeldStill) {
  const auto prepare = [](HodgkinHuxleyCell& cell) {
    cell.v.set(2);
    cell.j.set(10);
  };
  EXPECT_THAT(by_integrator({.n_units = 1, .tau_v = 1}, &HodgkinHuxleyCell::v, 0.2, prepare),
              IntegratesTo(1e-5F, 4.33897744F, 4.25482949F, 4.25482949F, 4.25482949F, 4.25681141F));
  EXPECT_THAT(
      by_integrator({.n_units = 1, .tau_v = 1}, &HodgkinHuxleyCell::m, 0.2, prepare),
      IntegratesTo(1e-6F, 0.0635845598F, 0.059498799F, 0.059498799F, 0.059498799F, 0.0603432F));
}

TEST_F(HodgkinHuxleyCellTest, StartsWithItsGatesAtTheirSteadyState) {
  auto& cell = add({.n_units = 1, .tau_v = 1});
  const auto expect_steady = [&] {
    EXPECT_NEAR(cell.n.scalar(), 0.317676932F, 2e-7F);
    EXPECT_NEAR(cell.m.scalar(), 0.0529324822F, 2e-7F);
    EXPECT_NEAR(cell.h.scalar(), 0.596120775F, 2e-7F);
  };
  expect_steady();

  fill_and_reset(cell);

  expect_steady();
  for (const Compartment* c : {&cell.j, &cell.v, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(HodgkinHuxleyCellTest, PassesTheVoltagesWhereItsRatesAreZeroByZero) {
  for (const float v : {10.0F, 25.0F}) {
    auto& cell = add({.n_units = 3, .tau_v = 1});
    cell.v.set({v - 0.01F, v, v + 0.01F});

    cell.advance_state.run({.t = 0, .dt = 0.1});

    for (const Compartment* c : {&cell.v, &cell.n, &cell.m, &cell.h}) {
      const auto x = c->values();
      EXPECT_NEAR(x[1], (x[0] + x[2]) / 2, 1e-4F) << c->name() << " at " << v;
    }
  }
}

TEST_F(HodgkinHuxleyCellTest, RestsWithThePapersConductances) {
  auto& cell = add(kSquid);
  Responses(cell.advance_state, cell.s, 0.02).after(5000);
  EXPECT_NEAR(cell.v.scalar(), 0, 0.02F);
}

TEST_F(HodgkinHuxleyCellTest, FiresActionPotentialsOfOneSize) {
  const auto peak = [&](float j) {
    const auto v = driven(kSquid, j, &HodgkinHuxleyCell::v, 2000, 0.01);
    return *std::ranges::max_element(v);
  };
  EXPECT_LT(peak(1), 10);  // none
  EXPECT_NEAR(peak(10), 106, 5);
  EXPECT_NEAR(peak(20), peak(10), 5);
}

TEST_F(HodgkinHuxleyCellTest, SnapsVoltageAndGatesBackIfToldTo) {
  auto& cell = add({.n_units = 1, .tau_v = 1, .spike_reset = true});
  cell.j.set(30);
  EXPECT_THAT(std::vector<float>(Responses(cell.advance_state, cell.v, 0.1).after(6)),
              AreNear(2e-6F, {3.24144149F, 0, 3.24144149F, 0, 3.24144149F, 0}));
  EXPECT_NEAR(cell.m.scalar(), 0.0529324822F, 2e-7F);
  EXPECT_THAT(spikes({.n_units = 1, .tau_v = 1, .spike_reset = true}, 30, 6, 0.1),
              ElementsAre(1, 3, 5));
}

TEST_F(HodgkinHuxleyCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1}); }, ThrowsError("lacks the required parameter 'tau_v'"));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_v = 1, .g_Na = -1}); },
              ThrowsError("cell1.g_Na is -1; expected a number >= 0, in mS/cm²"));
}

}  // namespace
}  // namespace plexus

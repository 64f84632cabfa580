#include "plexus/components/neurons/spiking/adex_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

using AdExCellTest = CellTest<AdExCell>;

const AdExCell::Params kExample{.n_units = 1, .tau_m = 50, .resist_m = 30, .thr = -66};

TEST_F(AdExCellTest, AgreesWithTheReferencesOwnExample) {
  EXPECT_THAT(spikes(kExample, 1, 10), ElementsAre(7));
  EXPECT_THAT(driven(kExample, 1, &AdExCell::v, 10),
              AreNear(2e-5F, {-69.4399796F, -68.891449F, -68.3542633F, -67.8282776F, -67.3133392F,
                              -66.8093033F, -66.3160172F, -75, -74.7946243F, -74.5917664F}));
  EXPECT_THAT(
      driven(kExample, 1, &AdExCell::w, 10),
      AreNear(2e-6F, {0.000500000024F, 0.00113875512F, 0.001913046F, 0.00281969761F, 0.00385557907F,
                      0.00501760514F, 0.0063027353F, 0.757707953F, 0.755063713F, 0.752477407F}));
}

TEST_F(AdExCellTest, RunsAwayAboveItsIntrinsicThreshold) {
  EXPECT_THAT(spikes({.n_units = 1}, 40, 13), ElementsAre(12));
  const auto v = driven({.n_units = 1}, 40, &AdExCell::v, 14);
  EXPECT_THAT(std::vector(v.begin() + 10, v.end()),
              AreNear(2e-3F, {-47.3091354F, -40.0536308F, -75, -72.1865463F}));
}

TEST_F(AdExCellTest, RunsTheIntegratorThatItsNameSaysForBothVariables) {
  const auto prepare = [](AdExCell& cell) {
    cell.v.set(-60);
    cell.j.set(20);
  };
  EXPECT_THAT(
      by_integrator({.n_units = 1}, &AdExCell::v, 1, prepare),
      IntegratesTo(1e-5F, -59.455722F, -59.4722693F, -59.472153F, -59.4722125F, -59.4719048F));
  EXPECT_THAT(by_integrator({.n_units = 1}, &AdExCell::w, 20,
                            [](AdExCell& cell) {
                              cell.v.set(-60);
                              cell.w.set(5);
                            }),
              IntegratesTo(1e-6F, 4.81F, 4.81475F, 4.81475F, 4.81475F, 4.81467182F));
}

TEST_F(AdExCellTest, FiresMoreSlowlyAsItAdapts) {
  const auto when = spikes({.n_units = 1, .tau_w = 100, .b = 5}, 30, 4000, 0.1);

  ASSERT_GT(when.size(), 3U);
  EXPECT_GT(when[2] - when[1], when[1] - when[0]);
  EXPECT_GT(when.back() - when[when.size() - 2], when[2] - when[1]);
}

TEST_F(AdExCellTest, ResetsAVoltageThatOverflowed) {
  auto& cell = add({.n_units = 1, .v_sharpness = 0.2F, .v0 = -20});

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_EQ(cell.s.scalar(), 1);
  EXPECT_EQ(cell.v.scalar(), -75);
  EXPECT_TRUE(std::isfinite(cell.w.scalar()));
}

TEST_F(AdExCellTest, ResetsToItsFirstValues) {
  auto& cell = add({.n_units = 1, .w0 = 0.5F});

  fill_and_reset(cell);

  EXPECT_EQ(cell.v.scalar(), -70);
  EXPECT_EQ(cell.w.scalar(), 0.5F);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(AdExCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .v_sharpness = 0}); },
              ThrowsError("cell0.v_sharpness is 0; expected a number > 0, in mV"));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_w = 0}); }, ThrowsError("cell1.tau_w is 0"));
}

}  // namespace
}  // namespace plexus

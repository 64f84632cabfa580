#include "plexus/components/neurons/spiking/fitzhugh_nagumo_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

class FitzhughNagumoCellTest : public CellTest<FitzhughNagumoCell> {
 protected:
  std::vector<float> in_the_example(Compartment FitzhughNagumoCell::*watched) {
    auto& cell = add({.n_units = 1, .resist_m = 5, .v_thr = 2.1F});
    std::vector<float> values;
    int step = 0;
    for (const float j : {0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F}) {
      cell.j.set(j);
      cell.advance_state.run({.t = static_cast<double>(step++), .dt = 0.1});
      values.push_back((cell.*watched).scalar());
    }
    return values;
  }
};

TEST_F(FitzhughNagumoCellTest, AgreesWithTheReferencesOwnExample) {
  EXPECT_THAT(in_the_example(&FitzhughNagumoCell::s), ElementsAre(0, 0, 0, 0, 0, 1, 0, 0, 0, 0));
  EXPECT_THAT(in_the_example(&FitzhughNagumoCell::v),
              AreNear(1e-6F, {0, -0.000560000015F, 0.498267621F, 1.04230201F, 1.60617042F,
                              2.12467456F, 2.01161885F, 1.93340373F, 1.8756851F, 1.83109069F}));
  EXPECT_THAT(
      in_the_example(&FitzhughNagumoCell::w),
      AreNear(1e-6F, {0.0055999998F, 0.0111641604F, 0.0166882295F, 0.0261675641F, 0.0399385057F,
                      0.058132261F, 0.0803576112F, 0.101536274F, 0.121953674F, 0.141778648F}));
  EXPECT_THAT(in_the_example(&FitzhughNagumoCell::tols), ElementsAre(0, 0, 0, 0, 0, 5, 5, 5, 5, 5));
}

TEST_F(FitzhughNagumoCellTest, RunsTheIntegratorThatItsNameSaysForBothVariables) {
  const auto prepare = [](FitzhughNagumoCell& cell) {
    cell.v.set(0.5F);
    cell.w.set(0.2F);
    cell.j.set(1);
  };
  EXPECT_THAT(by_integrator({.n_units = 1}, &FitzhughNagumoCell::v, 0.5, prepare),
              IntegratesTo(1e-6F, 1.12916667F, 1.21720608F, 1.17689941F, 1.19834991F, 1.20293577F));
  EXPECT_THAT(by_integrator({.n_units = 1}, &FitzhughNagumoCell::w, 0.5, prepare),
              IntegratesTo(1e-7F, 0.2416F, 0.2409344F, 0.2409344F, 0.2409344F, 0.240941443F));
}

TEST_F(FitzhughNagumoCellTest, RestsWhereItsEquationsBalance) {
  auto& cell = add({.n_units = 1});
  Responses(cell.advance_state, cell.s, 0.1).after(5000);
  EXPECT_NEAR(cell.v.scalar(), -1.19940804F, 1e-5F);
  EXPECT_NEAR(cell.w.scalar(), -0.62426004F, 1e-5F);
}

TEST_F(FitzhughNagumoCellTest, OscillatesUnderAConstantCurrentOfTheRightSize) {
  const auto edges = [&](float j) {
    return spikes({.n_units = 1, .v_thr = 1, .edge_spikes = true}, j, 5000, 0.1);
  };
  EXPECT_GT(edges(0.5F).size(), 8U);
  EXPECT_LE(edges(0.1F).size(), 1U);  // excitable
  EXPECT_LE(edges(2).size(), 1U);     // blocked
}

TEST_F(FitzhughNagumoCellTest, SpikesForAsLongAsItIsAboveThresholdUnlessToldEdges) {
  const Params level{.n_units = 1, .resist_m = 5};
  Params edge = level;
  edge.edge_spikes = true;
  EXPECT_THAT(spikes(level, 1, 6, 0.1), ElementsAre(2, 3, 4, 5));
  EXPECT_THAT(spikes(edge, 1, 6, 0.1), ElementsAre(2));
}

TEST_F(FitzhughNagumoCellTest, SnapsBackToItsFirstValuesIfToldTo) {
  auto& cell = add({.n_units = 1, .v0 = -0.5F, .w0 = 0.25F, .spike_reset = true});
  cell.v.set(3);

  cell.advance_state.run({.t = 2, .dt = 0.01});

  EXPECT_EQ(cell.s.scalar(), 1);
  EXPECT_EQ(cell.v.scalar(), -0.5F);
  EXPECT_EQ(cell.w.scalar(), 0.25F);
  EXPECT_EQ(cell.tols.scalar(), 2);
}

TEST_F(FitzhughNagumoCellTest, ResetsToItsFirstValues) {
  auto& cell = add({.n_units = 1, .v0 = -0.5F, .w0 = 0.25F});

  fill_and_reset(cell);

  EXPECT_EQ(cell.v.scalar(), -0.5F);
  EXPECT_EQ(cell.w.scalar(), 0.25F);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(FitzhughNagumoCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .gamma = 0}); }, ThrowsError("cell0.gamma is 0"));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_w = 0}); }, ThrowsError("cell1.tau_w is 0"));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/neurons/spiking/quad_lif_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

using QuadLIFCellTest = CellTest<QuadLIFCell>;

TEST_F(QuadLIFCellTest, AgreesWithTheReferencesOwnExample) {
  const auto in_the_example = [&](Compartment QuadLIFCell::*watched) -> std::vector<float> {
    auto& cell = add({.n_units = 1, .tau_m = 30});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j,
            {{1}, {1}, {1}, {1}, {1}, {0}, {0}, {0}, {1}, {1}, {1}, {1}, {1}, {1}, {0}, {0}});
  };
  EXPECT_THAT(in_the_example(&QuadLIFCell::s),
              ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0));
  EXPECT_THAT(in_the_example(&QuadLIFCell::v),
              AreNear(2e-4F, {-64.9666672F, -64.9073715F, -64.8020706F, -64.6156616F, -64.287468F,
                              -63.7486153F, -62.8247337F, -61.2857513F, -58.8151588F, -55.2327232F,
                              -60, -56.9333344F, -52.8103714F, -60, -56.9333344F, -52.8103714F}));
  const auto theta = in_the_example(&QuadLIFCell::thr_theta);
  EXPECT_THAT(std::vector(theta.begin() + 10, theta.end()),
              ElementsAre(0.0500000007F, 0.0499999933F, 0.0499999858F, 0.0999999791F, 0.0999999642F,
                          0.0999999493F));
}

TEST_F(QuadLIFCellTest, RunsTheIntegratorThatItsNameSays) {
  const auto after = by_integrator({.n_units = 1, .tau_m = 30}, &QuadLIFCell::v, 0.5,
                                   [](QuadLIFCell& cell) { cell.v.set(-55); });
  EXPECT_THAT(after, IntegratesTo(2e-5F, -52.7666667F, -52.7241713F, -52.7449537F, -52.7345625F,
                                  -52.7310958F));
}

TEST_F(QuadLIFCellTest, ClimbsFromAboveRestToItsCriticalVoltage) {
  auto& cell = add({.n_units = 2, .tau_m = 30, .thr = 0});
  cell.v.set({-64.9F, -30});

  const auto v = Responses(cell.advance_state, cell.v, 0.1).after(3000).values();

  EXPECT_NEAR(v[v.size() - 2], -41.6F, 1e-3F);
  EXPECT_NEAR(v[v.size() - 1], -41.6F, 1e-3F);
}

TEST_F(QuadLIFCellTest, RestsBelowItsCriticalVoltageWithTheTextbooksSign) {
  auto& cell = add({.n_units = 3, .tau_m = 30, .thr = 0, .textbook = true});
  cell.v.set({-70, -45, -38});

  const auto s = Responses(cell.advance_state, cell.s, 0.1).after(3000).values();

  float spikes[3] = {};
  for (std::size_t i = 0; i < s.size(); ++i) spikes[i % 3] += s[i];
  EXPECT_EQ(spikes[0], 0);
  EXPECT_EQ(spikes[1], 0);
  EXPECT_GT(spikes[2], 0);  // above v_c it fires by itself
  EXPECT_NEAR(cell.v.values()[0], -65, 1e-3F);
  EXPECT_NEAR(cell.v.values()[1], -65, 1e-3F);
}

TEST_F(QuadLIFCellTest, ChoosesAmongTheSpikesOfEachSampleByItself) {
  auto& cell =
      add({.n_units = 3, .tau_m = 5, .resist_m = 1000, .one_spike = true, .batch_size = 2});
  cell.j.set({0, 0, 0, 1, 1, 1});

  cell.advance_state.run({.t = 1, .dt = 1});

  const auto s = cell.s.values();
  EXPECT_EQ(s[0] + s[1] + s[2], 0);  // the other sample's spikes are none of its own
  EXPECT_EQ(s[3] + s[4] + s[5], 1);
}

TEST_F(QuadLIFCellTest, ShowsTheThresholdThatHolds) {
  auto& cell = add({.n_units = 1, .tau_m = 5, .resist_m = 1000, .theta_plus = 2});
  cell.j.set(1);

  cell.advance_state.run({.t = 0, .dt = 1});
  EXPECT_EQ(cell.v_thr.scalar(), -50);
  cell.reset.run();
  EXPECT_EQ(cell.v_thr.scalar(), -50);
}

TEST_F(QuadLIFCellTest, ResetKeepsTheAdaptedThreshold) {
  auto& cell = add({.n_units = 1, .tau_m = 5});

  fill_and_reset(cell);

  EXPECT_EQ(cell.thr_theta.scalar(), 2);
  EXPECT_EQ(cell.v.scalar(), -65);
  EXPECT_EQ(cell.rfr.scalar(), 5);
  EXPECT_EQ(cell.surrogate.scalar(), 1);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.s_raw, &cell.tols})
    EXPECT_EQ(c->scalar(), 0);
}

TEST_F(QuadLIFCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = -3}); }, ThrowsError("cell0.tau_m is -3"));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 3, .refract_time = -1}); },
              ThrowsError("cell1.refract_time is -1; expected a number >= 0"));
}

}  // namespace
}  // namespace plexus

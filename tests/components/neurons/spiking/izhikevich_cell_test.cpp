#include "plexus/components/neurons/spiking/izhikevich_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::ElementsAre;

class IzhikevichCellTest : public CellTest<IzhikevichCell> {
 protected:
  std::vector<float> in_the_example(Compartment IzhikevichCell::*watched) {
    auto& cell = add({.n_units = 1, .resist_m = 4});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{0}, {0}, {1}, {1}, {1}, {1}, {1}, {1}, {1}, {1}, {0}, {0}, {0}, {0}, {0}});
  }
};

TEST_F(IzhikevichCellTest, AgreesWithTheReferencesOwnExample) {
  EXPECT_THAT(in_the_example(&IzhikevichCell::s),  // a step after v passed 30
              ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
  EXPECT_THAT(in_the_example(&IzhikevichCell::v),
              AreNear(0.01F, {-67, -68.4600067F, -65.320755F, -63.2896004F, -61.5697708F,
                              -59.8659897F, -57.9514236F, -55.5250549F, -52.0254669F, -46.1371918F,
                              -37.9947929F, -16.6309528F, 64.7515717F, -65, -75.7292099F}));
  EXPECT_THAT(
      in_the_example(&IzhikevichCell::w),
      AreNear(1e-4F, {-13.9799995F, -13.9684F, -13.9628716F, -13.9448967F, -13.919157F,
                      -13.8870525F, -13.8487759F, -13.803606F, -13.7496338F, -13.6827431F,
                      -13.5936375F, -13.4737434F, -13.270792F, -5.27079201F, -5.42537594F}));
}

TEST_F(IzhikevichCellTest, RunsTheIntegratorThatItsNameSaysForBothVariables) {
  const auto prepare = [](IzhikevichCell& cell) { cell.j.set(10); };
  EXPECT_THAT(by_integrator({.n_units = 1}, &IzhikevichCell::v, 0.5, prepare),
              IntegratesTo(2e-5F, -61, -61.12F, -61.04F, -61.08F, -61.0940496F));
  EXPECT_THAT(by_integrator({.n_units = 1}, &IzhikevichCell::w, 0.5, prepare),
              IntegratesTo(2e-6F, -13.99F, -13.99005F, -13.99005F, -13.99005F, -13.9900498F));
}

TEST_F(IzhikevichCellTest, RestsWhereItsEquationsBalance) {
  auto& cell = add({.n_units = 1, .tau_w = 10});
  Responses(cell.advance_state, cell.s, 0.1).after(20'000);
  EXPECT_NEAR(cell.v.scalar(), -70, 0.01F);  // 0.04 v² + (5 - 0.2) v + 140 = 0
  EXPECT_NEAR(cell.w.scalar(), -14, 0.01F);
}

TEST_F(IzhikevichCellTest, AdaptsWhenRegularSpikingAndNotWhenFastSpiking) {
  const auto regular = spikes({.n_units = 1}, 10, 10'000, 0.1);
  const auto fast = spikes({.n_units = 1, .tau_w = 10, .w_reset = 2}, 10, 10'000, 0.1);

  ASSERT_GT(regular.size(), 5U);
  EXPECT_GT(regular.back() - regular[regular.size() - 2], 1.5 * (regular[1] - regular[0]));
  EXPECT_GT(fast.size(), 2 * regular.size());
}

TEST_F(IzhikevichCellTest, ResetsAVoltageThatOverflowed) {
  auto& cell = add({.n_units = 1});
  cell.v.set(1e30F);

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_EQ(cell.s.scalar(), 1);
  EXPECT_EQ(cell.v.scalar(), -65);
  EXPECT_EQ(cell.w.scalar(), -14 + 8);  // of the w before the step
}

TEST_F(IzhikevichCellTest, ResetsToItsFirstValues) {
  auto& cell = add({.n_units = 1});

  fill_and_reset(cell);

  EXPECT_EQ(cell.v.scalar(), -65);
  EXPECT_EQ(cell.w.scalar(), -14);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(IzhikevichCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_w = -50}); },
              ThrowsError("cell0.tau_w is -50; expected a number > 0, in ms"));
}

}  // namespace
}  // namespace plexus

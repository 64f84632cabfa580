#include "plexus/components/neurons/spiking/if_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Pair;

using IFCellTest = CellTest<IFCell>;

TEST_F(IFCellTest, AgreesWithTheReferencesOwnExample) {
  const auto in_the_example = [&](Compartment IFCell::*watched) -> std::vector<float> {
    auto& cell = add({.n_units = 1, .tau_m = 5, .resist_m = 10});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{1}, {1}, {1}, {1}, {1}, {0}, {0}, {1}, {1}, {1}, {1}, {1}, {1}, {1}, {0}});
  };
  EXPECT_THAT(in_the_example(&IFCell::s), ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
  EXPECT_THAT(
      in_the_example(&IFCell::v),  // -52 does not spike
      ElementsAre(-63, -61, -59, -57, -55, -55, -55, -53, -60, -58, -56, -54, -52, -60, -60));
  EXPECT_THAT(in_the_example(&IFCell::rfr),
              ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 0, 1));
  EXPECT_THAT(in_the_example(&IFCell::tols),
              ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 13, 13));
}

TEST_F(IFCellTest, StandsStillWhileRefractory) {
  const Params params{.n_units = 1, .tau_m = 5, .resist_m = 20, .refract_time = 2};
  EXPECT_THAT(driven(params, 1, &IFCell::v, 12),
              ElementsAre(-61, -57, -53, -60, -60, -60, -56, -52, -60, -60, -60, -56));
  EXPECT_THAT(spikes(params, 1, 12), ElementsAre(3, 8));
}

TEST_F(IFCellTest, CountsTheRefractoryTimeInFloat32) {
  const Params params{.n_units = 1, .tau_m = 1, .resist_m = 1000, .refract_time = 5};
  EXPECT_THAT(spikes(params, 1, 60, 0.1), ElementsAre(0, 52));  // 51 steps in between
}

TEST_F(IFCellTest, FiresAtTheRateOfItsFormula) {
  const double period = 20 * (-52.0 + 60) / (20 * 0.7) + 3;  // tau (thr - v_reset)/(R j) + refract

  const auto when =
      spikes({.n_units = 1, .tau_m = 20, .resist_m = 20, .refract_time = 3}, 0.7F, 100'000, 0.01);

  EXPECT_NEAR(mean_interval(when) * 0.01, period, 0.02);
}

TEST_F(IFCellTest, SumsUpItsCurrentAlikeWithEveryIntegrator) {
  const auto after = by_integrator({.n_units = 1, .tau_m = 5, .resist_m = 10}, &IFCell::v, 1,
                                   [](IFCell& cell) { cell.j.set(1); });
  EXPECT_THAT(after, AllOf(testing::SizeIs(5), Each(Pair(testing::_, testing::FloatEq(-63)))));
}

TEST_F(IFCellTest, IsClampedFromBelowUnlessToldOtherwise) {
  EXPECT_THAT(driven({.n_units = 1, .tau_m = 5}, -5, &IFCell::v, 3), ElementsAre(-65, -65, -65));
  EXPECT_THAT(driven({.n_units = 1, .tau_m = 5, .lower_clamp_voltage = false}, -5, &IFCell::v, 3),
              ElementsAre(-66, -67, -68));
}

TEST_F(IFCellTest, ResetsWithoutTheLowerClampToo) {
  auto& cell = add({.n_units = 1, .tau_m = 5, .lower_clamp_voltage = false});
  cell.j.set(100);

  cell.advance_state.run({.t = 3, .dt = 1});

  EXPECT_EQ(cell.s.scalar(), 1);
  EXPECT_EQ(cell.v.scalar(), -60);
  EXPECT_EQ(cell.tols.scalar(), 3);
}

TEST_F(IFCellTest, ResetsToRestAndReadiness) {
  auto& cell = add({.n_units = 1, .tau_m = 5, .refract_time = 4});

  fill_and_reset(cell);

  EXPECT_EQ(cell.v.scalar(), -65);
  EXPECT_EQ(cell.rfr.scalar(), 4);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(IFCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 0}); }, ThrowsError("cell0.tau_m is 0"));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 5, .resist_m = -1}); },
              ThrowsError("cell1.resist_m is -1; expected a number > 0"));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 5, .integration_type = "rk5"}); },
              ThrowsError("cell2.integration_type is 'rk5'"));
}

}  // namespace
}  // namespace plexus

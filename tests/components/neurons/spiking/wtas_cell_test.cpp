#include "plexus/components/neurons/spiking/wtas_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatEq;

using WTASCellTest = CellTest<WTASCell>;

TEST_F(WTASCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 2, .tau_m = 25}, Key{2877103387, 1697627890});
  EXPECT_THAT(cell.thr.values(), AreNear(1e-7F, {0.427215546F, 0.351736546F}));

  const std::vector<float> s =
      Responses(cell.advance_state, cell.s).to(cell.j, {{0, 1}, {0, 1}, {1, 0}, {1, 0}});

  EXPECT_THAT(s, ElementsAre(0, 1, 0, 1, 1, 0, 1, 0));
  EXPECT_THAT(cell.rfr.values(), ElementsAre(1, 3));
  EXPECT_THAT(cell.tols.values(), ElementsAre(3, 1));
  EXPECT_THAT(cell.thr.values(), AreNear(1e-7F, {0.427215546F, 0.351736546F}));
  EXPECT_EQ(cell.key.key(), (Key{2877103387, 1697627890}));
}

class RefractoryWinners : public WTASCellTest {
 protected:
  std::vector<float> watched(Compartment WTASCell::*watched) {
    auto& cell =
        add({.n_units = 2, .tau_m = 25, .thr_gain = 0.1F, .refract_time = 3, .thr_jitter = 0});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{0, 1}, {0, 1}, {1, 1}, {1, 1}, {1, 0}});
  }
};

TEST_F(RefractoryWinners, MayBeSeveralAndMayWinAgain) {
  EXPECT_THAT(watched(&WTASCell::s), ElementsAre(0, 1, 1, 1, 0, 0, 1, 1, 0, 0));
  EXPECT_THAT(watched(&WTASCell::rfr), ElementsAre(4, 1, 1, 1, 2, 2, 1, 1, 2, 2));
}

TEST_F(RefractoryWinners, RaiseAllThresholdsOfTheirSampleIfThereAreTooMany) {
  EXPECT_THAT(watched(&WTASCell::thr),
              AreNear(1e-6F, {0.4F, 0.4F, 0.5F, 0.5F, 0.4F, 0.4F, 0.5F, 0.5F, 0.4F, 0.4F}));
}

TEST_F(RefractoryWinners, TakePartWithoutTheirCurrent) {
  auto& cell = add({.n_units = 2, .tau_m = 25, .resist_m = 2, .refract_time = 3});
  cell.j.set(1.5F);
  cell.rfr.set({2, 3});

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_THAT(cell.v.values(), ElementsAre(0, 3));
}

TEST_F(WTASCellTest, KeepsThresholdsAboveAFloor) {
  auto& cell = add({.n_units = 40, .tau_m = 25, .thr_gain = 0.3F, .thr_jitter = 0});
  cell.advance_state.run({.t = 0, .dt = 1});  // none reaches 0.4 of 40
  cell.advance_state.run({.t = 1, .dt = 1});
  EXPECT_THAT(cell.thr.values(), Each(FloatEq(0.025F)));
}

TEST_F(WTASCellTest, ResetKeepsTheThresholds) {
  auto& cell = add({.n_units = 1, .tau_m = 25, .refract_time = 3});

  fill_and_reset(cell);

  EXPECT_EQ(cell.thr.scalar(), 2);
  EXPECT_EQ(cell.rfr.scalar(), 3);
  for (const Compartment* c : {&cell.j, &cell.v, &cell.s, &cell.tols}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(WTASCellTest, RefusesAThresholdThatIsNoProbability) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 5, .thr_base = 1.5F}); },
              ThrowsError("cell0.thr_base is 1.5; expected a number > 0 and < 1"));
}

}  // namespace
}  // namespace plexus

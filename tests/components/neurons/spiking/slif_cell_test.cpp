#include "plexus/components/neurons/spiking/slif_cell.h"

#include "tests/components/neurons/spiking/cell_test.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class SLIFCellTest : public CellTest<SLIFCell> {
 protected:
  /// Steps with j = 1 set before each, as a user clamps it.
  std::vector<float> clamped(const Params& params, Compartment SLIFCell::*watched) {
    auto& cell = add(params);
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{1}, {1}, {1}, {1}, {1}, {1}, {1}, {1}});
  }
};

const SLIFCell::Params kSticky{.n_units = 1,
                               .tau_m = 50,
                               .resist_m = 10,
                               .thr = 0.3F,
                               .refract_time = 3,
                               .sticky_spikes = true,
                               .thr_jitter = 0};

TEST_F(SLIFCellTest, AgreesWithTheReferencesOwnExample) {
  const auto in_the_example = [&](Compartment SLIFCell::*watched) -> std::vector<float> {
    auto& cell =
        add({.n_units = 1, .tau_m = 50, .resist_m = 10, .thr = 0.3F}, Key{2877103387, 1697627890});
    EXPECT_FLOAT_EQ(cell.threshold.scalar(), 0.313108087F);
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{1}, {1}, {0}, {0}, {1}, {1}, {0}});
  };
  EXPECT_THAT(in_the_example(&SLIFCell::s), ElementsAre(0, 1, 0, 0, 0, 1, 0));
  EXPECT_THAT(in_the_example(&SLIFCell::v), AreNear(1e-7F, {0.2F, 0, 0, 0, 0.2F, 0, 0}));
  EXPECT_THAT(in_the_example(&SLIFCell::surrogate),
              AreNear(1e-6F, {0.747699976F, 0.747699976F, 0, 0, 0.747699976F, 0.747699976F, 0}));
  EXPECT_THAT(in_the_example(&SLIFCell::rfr), ElementsAre(1, 1, 2, 3, 4, 1, 2));
}

TEST_F(SLIFCellTest, SticksToItsSpikesWhileRefractoryIfToldTo) {
  EXPECT_THAT(clamped(kSticky, &SLIFCell::s), ElementsAre(0, 1, 1, 1, 0, 1, 1, 1));
  EXPECT_THAT(clamped(kSticky, &SLIFCell::rfr), ElementsAre(4, 1, 2, 3, 4, 1, 2, 3));
  EXPECT_THAT(clamped(kSticky, &SLIFCell::tols), ElementsAre(0, 1, 2, 3, 3, 5, 6, 7));
}

TEST_F(SLIFCellTest, RaisesAThresholdBySpikesAndLetsItLeak) {
  Params params = kSticky;
  params.sticky_spikes = false;
  params.thr_gain = 0.1F;
  params.thr_leak = 0.01F;

  EXPECT_THAT(clamped(params, &SLIFCell::thr),
              AreNear(1e-6F, {0.297000021F, 0.394030005F, 0.390089691F, 0.386188805F, 0.382326931F,
                              0.478503644F, 0.473718613F, 0.468981415F}));
  EXPECT_THAT(clamped(params, &SLIFCell::s), ElementsAre(0, 1, 0, 0, 0, 1, 0, 0));
}

const SLIFCell::Params kInhibited{.n_units = 3,
                                  .tau_m = 50,
                                  .resist_m = 20,
                                  .thr = 0.3F,
                                  .resist_inh = 6,
                                  .rho_b = 0.05F,
                                  .thr_jitter = 0};

TEST_F(SLIFCellTest, InhibitsByTheSpikesOfTheStepBefore) {
  auto& cell = add(kInhibited, Key::from_seed(7));
  EXPECT_THAT(cell.inh_weights.values(),
              AreNear(1e-6F, {0, 0.830522001F, 0.40913704F, 0.43871212F, 0, 0.535157323F,
                              0.804396749F, 0.792004406F, 0}));

  const std::vector<float> s =
      Responses(cell.advance_state, cell.s).to(cell.j, {{1, 1, 0}, {1, 1, 0}});
  EXPECT_THAT(s, ElementsAre(1, 1, 0, 0, 0, 0));
  EXPECT_THAT(cell.j_eff.values(), AreNear(1e-5F, {17.3677273F, 15.0168686F, -5.66576576F}));

  cell.j.set({1, 1, 0});
  cell.advance_state.run({.t = 2, .dt = 1});
  EXPECT_THAT(cell.s.values(), ElementsAre(1, 1, 0));
}

TEST_F(SLIFCellTest, AimsItsThresholdsAtOneSpikeASample) {
  auto& cell = add(kInhibited, Key::from_seed(7));
  EXPECT_THAT(std::vector<float>(
                  Responses(cell.advance_state, cell.thr).to(cell.j, {{1, 1, 0}, {1, 1, 0}})),
              AreNear(1e-6F, {0.35F, 0.35F, 0.35F, 0.3F, 0.3F, 0.3F}));
}

TEST_F(SLIFCellTest, DrawsItsThresholdsAlikeWhetherItInhibitsOrNot) {
  Params params = kInhibited;
  params.thr_jitter = 0.05F;
  auto& inhibiting = add(params, Key::from_seed(7));
  params.resist_inh = 0;
  auto& plain = add(params, Key::from_seed(7));

  for (SLIFCell* cell : {&inhibiting, &plain}) {
    EXPECT_THAT(cell->thr.values(), AreNear(1e-7F, {0.348756433F, 0.251973599F, 0.254512608F}));
    EXPECT_EQ(cell->key.key(), Key::from_seed(7));
  }
}

TEST_F(SLIFCellTest, HasAThresholdForEveryUnitAndSampleFromTheStart) {
  auto& cell = add({.n_units = 2, .tau_m = 5, .resist_m = 1, .thr = 1, .batch_size = 3});
  const auto thr = cell.thr.values();
  ASSERT_EQ(thr.size(), 6U);
  for (std::size_t i = 2; i < 6; ++i) EXPECT_EQ(thr[i], thr[i - 2]);
}

TEST_F(SLIFCellTest, TurnsAnUnwiredCurrentIntoTheEffectiveOne) {
  auto& cell = add({.n_units = 1, .tau_m = 50, .resist_m = 10, .thr = 1e6F});
  cell.j.set(1);
  EXPECT_THAT(std::vector<float>(Responses(cell.advance_state, cell.j).after(3)),
              ElementsAre(10, 100, 1000));
}

TEST_F(SLIFCellTest, LeavesTheSourceOfAWiredCurrentAsItIs) {
  auto &source = add(kSticky), &cell = add(kSticky);
  source.v >> cell.j;
  source.v.set(0.5F);

  cell.advance_state.run({.t = 0, .dt = 1});
  cell.reset.run();
  EXPECT_EQ(source.v.scalar(), 0.5F);
  cell.advance_state.run({.t = 0, .dt = 1});
  EXPECT_EQ(cell.j_eff.scalar(), 5);
}

TEST_F(SLIFCellTest, MayBeDrivenByASum) {
  auto &a = add(kSticky), &b = add(kSticky), &cell = add(kSticky);
  (a.v + b.v) >> cell.j;
  a.v.set(0.25F);
  b.v.set(0.5F);

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_FLOAT_EQ(cell.j_eff.scalar(), 7.5F);
}

TEST_F(SLIFCellTest, ResetRestoresTheFirstThresholdsUnlessTheyPersist) {
  auto& cell = add({.n_units = 2, .tau_m = 5, .resist_m = 1, .thr = 1, .batch_size = 2});
  auto& persistent = add({.n_units = 1, .tau_m = 5, .resist_m = 1, .thr = 1, .thr_persist = true});
  const auto drawn = cell.thr.value();
  cell.thr.set(7);
  persistent.thr.set(7);

  cell.reset.run();
  persistent.reset.run();

  EXPECT_EQ(cell.thr.value(), drawn);
  EXPECT_EQ(persistent.thr.scalar(), 7);
}

TEST_F(SLIFCellTest, ResetClearsTheRest) {
  auto& cell = add(kSticky);

  fill_and_reset(cell);

  EXPECT_EQ(cell.rfr.scalar(), 3);
  EXPECT_EQ(cell.surrogate.scalar(), 1);
  for (const Compartment* c : {&cell.j, &cell.v, &cell.s, &cell.tols, &cell.j_eff})
    EXPECT_EQ(c->scalar(), 0) << c->name();
}

TEST_F(SLIFCellTest, RefusesNonsenseByName) {
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 5, .resist_m = 1}); },
              ThrowsError("lacks the required parameter 'thr'"));
  EXPECT_THAT(
      [&] { add({.n_units = 1, .tau_m = 5, .resist_m = 1, .thr = 1, .thr_jitter = -0.1F}); },
      ThrowsError("cell1.thr_jitter is -0.1; expected a number >= 0"));
}

}  // namespace
}  // namespace plexus

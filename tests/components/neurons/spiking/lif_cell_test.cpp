#include "plexus/components/neurons/spiking/lif_cell.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/random/key.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class LIFCellTest : public testing::Test {
 protected:
  LIFCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  LIFCell& add(const LIFCell::Params& params, std::optional<Key> key = {}) {
    return circuit_.add<LIFCell>("cell" + std::to_string(next_++), params, key);
  }
  /// What the reference's own example holds of one compartment in its first 8 steps.
  std::vector<float> in_the_example(Compartment LIFCell::*watched) {
    auto& cell = add({.n_units = 1, .tau_m = 5, .resist_m = 30});
    return Responses(cell.advance_state, cell.*watched)
        .to(cell.j, {{1}, {1}, {1}, {1}, {1}, {0}, {0}, {1}, {1}, {1}, {1}, {1}, {1}, {0}});
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(LIFCellTest, AgreesWithTheReferencesOwnExample) {
  EXPECT_THAT(in_the_example(&LIFCell::s), ElementsAre(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0));
  EXPECT_THAT(in_the_example(&LIFCell::v),
              AreNear(2e-5F, {-59, -54.2000008F, -60, -61, -61.7999992F, -62.4399986F, -62.9519997F,
                              -63.361599F, -57.6892776F, -53.1514206F, -60, -61, -61.7999992F,
                              -62.4399986F}));
  EXPECT_THAT(in_the_example(&LIFCell::rfr), ElementsAre(6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
  EXPECT_THAT(in_the_example(&LIFCell::tols),
              ElementsAre(0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 10, 10, 10, 10));
}

TEST_F(LIFCellTest, RaisesTheThresholdWithASpikeAndLetsItSinkSlowly) {
  const auto theta = in_the_example(&LIFCell::thr_theta);
  EXPECT_THAT(std::vector(theta.begin(), theta.begin() + 6),
              ElementsAre(0, 0, 0.0500000007F, 0.0499999933F, 0.0499999858F, 0.0499999784F));
  EXPECT_THAT(std::vector(theta.begin() + 10, theta.end()),
              ElementsAre(0.0999999419F, 0.099999927F, 0.0999999121F, 0.0999998972F));
}

TEST_F(LIFCellTest, RoundsTheSlowestDecayCorrectly) {
  auto& cell = add({.n_units = 1, .tau_m = 5});
  cell.thr_theta.set(1);

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_EQ(cell.thr_theta.scalar(), 0x1.fffffcp-1F);
  EXPECT_EQ(cell.v_thr.scalar(), -52 + 0x1.fffffcp-1F);
}

TEST_F(LIFCellTest, DifferentiatesSpikesByArctanUnlessTold) {
  const auto surrogate = in_the_example(&LIFCell::surrogate);
  EXPECT_THAT(std::vector(surrogate.begin(), surrogate.begin() + 5),
              AreNear(2e-6F, {0.327248871F, 1.2924633F, 1.50923002F, 0.210256979F, 0.180588812F}));
}

TEST_F(LIFCellTest, HonoursItsSurrogate) {
  auto& straight =
      add({.n_units = 1, .tau_m = 5, .resist_m = 30, .surrogate_type = "straight_through"});
  auto& secant = add({.n_units = 1, .tau_m = 5, .resist_m = 30, .surrogate_type = "secant_lif"});
  for (LIFCell* cell : {&straight, &secant}) {
    cell->j.set(1);
    cell->advance_state.run({.t = 0, .dt = 1});
  }

  EXPECT_FLOAT_EQ(straight.surrogate.scalar(), 30.0F / 5);
  EXPECT_FLOAT_EQ(secant.surrogate.scalar(), 1 / std::cosh(0.08F * 30));
}

TEST_F(LIFCellTest, RunsTheIntegratorThatItsNameSays) {
  const auto after_one_step = [&](const char* name) {
    auto& cell = add({.n_units = 1, .tau_m = 5, .resist_m = 30, .integration_type = name});
    cell.j.set(1);
    cell.advance_state.run({.t = 0, .dt = 1});
    return cell.v.scalar();
  };
  EXPECT_FLOAT_EQ(after_one_step("euler"), -59);
  EXPECT_FLOAT_EQ(after_one_step("rk1"), -59);
  for (const char* second_order : {"midpoint", "rk2", "heun", "rk2_heun", "ralston", "rk2_ralston"})
    EXPECT_FLOAT_EQ(after_one_step(second_order), -59.6F) << second_order;  // dv/dt is linear in v
  EXPECT_FLOAT_EQ(after_one_step("rk4"), -59.562F);
}

/// The period of a cell that a constant current drives: it leaks from v_reset without the current
/// for the refractory time, then climbs to thr with it.
double period(double tau, double RI, double refractory) {
  const double v = -65 + (-60 + 65) * std::exp(-refractory / tau);
  return refractory + tau * std::log((-65 + RI - v) / (-65 + RI + 52));
}

TEST_F(LIFCellTest, FiresAtTheRateOfItsFormula) {
  for (const float refractory : {0.0F, 5.0F}) {
    auto& cell = add({.n_units = 1,
                      .tau_m = 20,
                      .resist_m = 20,
                      .tau_theta = 0,
                      .refract_time = refractory,
                      .integration_type = "rk4"});
    cell.j.set(0.8F);
    std::vector<double> times;
    for (int i = 0; i < 50'000; ++i) {
      cell.advance_state.run({.t = i * 0.02, .dt = 0.02});
      if (cell.s.scalar() > 0) times.push_back(i * 0.02);
    }
    ASSERT_GT(times.size(), 10U);
    EXPECT_NEAR((times.back() - times[0]) / static_cast<double>(times.size() - 1),
                period(20, 20 * 0.8, refractory), 0.05)
        << refractory;
  }
}

TEST_F(LIFCellTest, CountsTheRefractoryTimeInFloat32) {
  auto& cell = add({.n_units = 1, .tau_m = 5, .thr = 100});
  cell.rfr.set(0);

  const auto rfr = Responses(cell.advance_state, cell.rfr, 0.1).after(51).values();

  EXPECT_LT(rfr[49], 5);  // fifty times 0.1
  EXPECT_GE(rfr[50], 5);
}

TEST_F(LIFCellTest, LeaksButTakesNoCurrentWhileRefractory) {
  auto& cell = add({.n_units = 1, .tau_m = 5});
  cell.v.set(-60);
  cell.rfr.set(0);
  cell.j.set(100);

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_FLOAT_EQ(cell.v.scalar(), -61);
}

TEST_F(LIFCellTest, DrawsOneOfTheUnitsThatCrossed) {
  auto& cell =
      add({.n_units = 4, .tau_m = 5, .resist_m = 100, .refract_time = 0, .one_spike = true},
          Key::from_seed(7));
  cell.j.set(1);

  cell.advance_state.run({.t = 0, .dt = 1});
  EXPECT_EQ(cell.key.key(), (Key{3625411723, 1954958720}));
  EXPECT_THAT(cell.s.values(), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(cell.s_raw.values(), Each(1));

  cell.advance_state.run({.t = 1, .dt = 1});
  EXPECT_THAT(cell.s.values(), ElementsAre(1, 0, 0, 0));

  cell.advance_state.run({.t = 2, .dt = 1});
  EXPECT_THAT(cell.s.values(), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(cell.tols.values(), ElementsAre(2, 0, 0, 0));
  EXPECT_THAT(cell.v.values(), Each(-60));
  EXPECT_THAT(cell.thr_theta.values(), Each(testing::Gt(0.149F)));
}

TEST_F(LIFCellTest, DrawsAtMostOneASampleAndNoneOfASilentOne) {
  auto& cell = add({.n_units = 3, .tau_m = 5, .resist_m = 100, .one_spike = true, .batch_size = 2});
  cell.j.set({0, 0, 0, 1, 1, 1});
  const Key before = cell.key.key();

  cell.advance_state.run({.t = 1, .dt = 1});

  const auto s = cell.s.values();
  EXPECT_EQ(s[0] + s[1] + s[2], 0);
  EXPECT_EQ(s[3] + s[4] + s[5], 1);
  EXPECT_EQ(cell.key.key(), split(before).first);
}

TEST_F(LIFCellTest, LetsOnlyTheUnitOfTheLargestEarlierVoltageSpikeIfToldTo) {
  auto& cell =
      add({.n_units = 4, .tau_m = 5, .resist_m = 50, .refract_time = 0, .max_one_spike = true});

  const std::vector<float> s = Responses(cell.advance_state, cell.s)
                                   .to(cell.j, {{1, 0, 1, 1}, {1, 0, 1, 1}, {0.5F, 0, 1, 1}});

  EXPECT_THAT(s, ElementsAre(0, 0, 0, 0,    //
                             1, 0, 0, 0,    //
                             0, 0, 0, 0));  // unit 0 led, but did not cross
  EXPECT_THAT(cell.s_raw.values(), ElementsAre(0, 0, 1, 1));
}

TEST_F(LIFCellTest, ClampsTheVoltageFromBelowAndAdaptsNotAtAllIfToldTo) {
  auto& cell = add({.n_units = 1,
                    .tau_m = 5,
                    .resist_m = 30,
                    .conduct_leak = 0.5F,
                    .tau_theta = 0,
                    .v_min = -70});

  const std::vector<float> v =
      Responses(cell.advance_state, cell.v).to(cell.j, {{-1}, {-1}, {1}, {1}});

  EXPECT_THAT(v, AreNear(1e-5F, {-70, -70, -63.5F, -57.6500015F}));
  EXPECT_EQ(cell.thr_theta.scalar(), 0);
}

TEST_F(LIFCellTest, MayGiveEachUnitItsTimeConstant) {
  auto& cell = add({.n_units = 2,
                    .tau_m = Tensor{{1, 2}, std::vector<float>{5, 10}},
                    .resist_m = 30,
                    .batch_size = 2});
  cell.j.set(1);

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_THAT(cell.v.values(), AreNear(1e-5F, {-59, -62, -59, -62}));
}

TEST_F(LIFCellTest, ResetsAVoltageThatOverflowed) {
  auto& cell = add({.n_units = 1, .tau_m = 5});
  cell.j.set(std::numeric_limits<float>::infinity());

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_EQ(cell.s.scalar(), 1);
  EXPECT_EQ(cell.v.scalar(), -60);
}

TEST_F(LIFCellTest, ResetKeepsTheAdaptedThresholdAndShowsIt) {
  auto& cell = add({.n_units = 1, .tau_m = 5});
  for (Compartment* c :
       {&cell.j, &cell.v, &cell.s, &cell.s_raw, &cell.rfr, &cell.tols, &cell.surrogate})
    c->set(2);
  cell.thr_theta.set(1.5F);

  cell.reset.run();

  EXPECT_EQ(cell.thr_theta.scalar(), 1.5F);
  EXPECT_EQ(cell.v_thr.scalar(), -50.5F);
  EXPECT_EQ(cell.v.scalar(), -65);
  EXPECT_EQ(cell.rfr.scalar(), 5);
  EXPECT_EQ(cell.surrogate.scalar(), 1);
  for (const Compartment* c : {&cell.j, &cell.s, &cell.s_raw, &cell.tols})
    EXPECT_EQ(c->scalar(), 0);
}

TEST_F(LIFCellTest, RefusesTimeConstantsThatAreNotOneAUnit) {
  EXPECT_THAT(
      [&] {
        add({.n_units = 3, .tau_m = Tensor{{2}, std::vector<float>{5, 10}}});
      },
      ThrowsMessage<Error>(HasSubstr("cell0.tau_m has shape (2,); expected a number, or (1, 3)")));
  EXPECT_THAT(
      [&] {
        add({.n_units = 2, .tau_m = Tensor{{2}, std::vector<float>{5, -10}}});
      },
      ThrowsMessage<Error>(HasSubstr("tau_m holds -10; expected a number > 0, or an array")));
  EXPECT_THAT([&] { add({.n_units = 2}); },
              ThrowsMessage<Error>(HasSubstr("lacks the required parameter 'tau_m'")));
}

}  // namespace
}  // namespace plexus

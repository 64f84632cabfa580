#include "plexus/components/neurons/graded/rate_cell.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"
#include "plexus/core/plan.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class RateCellTest : public testing::Test {
 protected:
  RateCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  RateCell& add(const RateCell::Params& params) {
    return circuit_.add<RateCell>("cell" + std::to_string(next_++), params);
  }
  /// z after three steps of 1 ms from 0, with a leak and a constant current of 1.
  float leaky_z(const char* integrator) {
    auto& cell = add(
        {.n_units = 1, .tau_m = 20, .prior = {"gaussian", {1}}, .integration_type = integrator});
    cell.j.set(1);
    for (int i = 0; i < 3; ++i) cell.advance_state.run({.dt = 1});
    return cell.z.scalar();
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(RateCellTest, IntegratesItsCurrent) {
  auto& cell = add({.n_units = 1, .tau_m = 50});
  cell.j.set(1);

  EXPECT_THAT(Responses(cell.advance_state, cell.z).after(10).values(),
              AreNear(1e-7F, {0.02F, 0.04F, 0.06F, 0.08F, 0.1F, 0.12F, 0.14F, 0.16F, 0.18F, 0.2F}));
}

TEST_F(RateCellTest, RunsTheIntegratorThatItsNameSays) {
  EXPECT_FLOAT_EQ(leaky_z("euler"), 0.142625F);
  EXPECT_FLOAT_EQ(leaky_z("rk1"), 0.142625F);
  for (const char* second_order : {"midpoint", "rk2", "heun", "rk2_heun", "ralston", "rk2_ralston"})
    EXPECT_FLOAT_EQ(leaky_z(second_order), 0.13923618F) << second_order;  // dz/dt is linear in z
  EXPECT_FLOAT_EQ(leaky_z("rk4"), 0.13929202F);
}

TEST_F(RateCellTest, ModulatesACurrentThatIsSetOnceAgainAndAgain) {
  auto& cell = add({.n_units = 2,
                    .tau_m = 10,
                    .prior = {"laplacian", {0.1F}},
                    .act_fx = "tanh",
                    .output_scale = 3,
                    .threshold = {"soft_threshold", {0.05F}},
                    .resist_scale = 2});
  cell.j.set({1, -2});
  cell.j_td.set({0.5F, 0.25F});

  cell.advance_state.run({.dt = 1});
  EXPECT_THAT(cell.z.values(), AreNear(1e-6F, {0.2F, -0.325F}));
  EXPECT_THAT(cell.zF.values(), AreNear(1e-6F, {0.592126F, -0.9420628F}));
  EXPECT_THAT(cell.j.values(), ElementsAre(2, -4));

  cell.advance_state.run({.dt = 1});
  EXPECT_THAT(cell.z.values(), AreNear(1e-6F, {0.57441723F, -0.9611127F}));
  EXPECT_THAT(cell.j.values(), AreNear(2e-6F, {3.844172F, -7.211127F}));
  EXPECT_THAT(cell.j_td.values(), ElementsAre(0.5F, 0.25F));
}

TEST_F(RateCellTest, LeaksAsItsPriorSays) {
  const auto z_after = [&](const char* prior) {
    auto& cell = add({.n_units = 2, .tau_m = 10, .prior = {prior, {0.5F}}, .act_fx = "relu"});
    cell.z.set({0.5F, -1.5F});
    cell.j.set({1, -2});
    cell.advance_state.run({.dt = 1});
    EXPECT_THAT(cell.j.values(), ElementsAre(1, -0.0F));
    const auto z = cell.z.values();
    return std::vector(z.begin(), z.end());
  };
  EXPECT_THAT(z_after("gaussian"), AreNear(1e-6F, {0.575F, -1.425F}));
  EXPECT_THAT(z_after("cauchy"), AreNear(1e-6F, {0.56F, -1.4538461F}));
  EXPECT_THAT(z_after("exp"), AreNear(1e-6F, {0.56105995F, -1.4841901F}));
  EXPECT_THAT(z_after("laplacian"), AreNear(1e-6F, {0.55F, -1.45F}));
}

TEST_F(RateCellTest, AppliesTheCauchyThreshold) {
  auto& cell = add({.n_units = 3, .tau_m = 1, .threshold = {"cauchy_threshold", {0.5F}}});
  cell.j.set({2, 0.25F, -2});

  cell.advance_state.run({.dt = 1});

  const float shrunk = (2 + std::sqrt(3.5F)) / 2;
  EXPECT_THAT(cell.z.values(), AreNear(1e-6F, {shrunk, 0, -shrunk}));
}

// The simplest cells run in one pass; a soft threshold of width 0, which changes nothing, makes
// it run in several.
TEST_F(RateCellTest, GivesTheSameBitsInOnePassAndInSeveral) {
  for (const auto& f : math::activations()) {
    if (!f.elementwise) continue;
    std::vector<float> z[2];
    for (const char* threshold : {"none", "soft_threshold"}) {
      auto& cell = add({.n_units = 4,
                        .tau_m = 5,
                        .prior = {"gaussian", {0.2F}},
                        .act_fx = std::string(f.name),
                        .threshold = {threshold, {0}}});
      cell.j.set({0.5F, -1, 2, -3});
      Responses run(cell.advance_state, cell.z);
      z[threshold == std::string("none") ? 0 : 1] = run.after(5);
    }
    EXPECT_EQ(z[0], z[1]) << f.name;
  }
}

TEST_F(RateCellTest, HonoursTheFrequencyOfTheSine) {
  auto& slow = add({.n_units = 1, .tau_m = 0, .act_fx = "sine", .omega_0 = 2});
  auto& usual = add({.n_units = 1, .tau_m = 0, .act_fx = "sine"});
  for (RateCell* cell : {&slow, &usual}) {
    cell->j.set(0.25F);
    cell->advance_state.run({.dt = 1});
  }
  EXPECT_FLOAT_EQ(slow.zF.scalar(), std::sin(0.5F));
  EXPECT_FLOAT_EQ(usual.zF.scalar(), std::sin(7.5F));
}

TEST_F(RateCellTest, HasNoStateWithoutATimeConstantOrByFlag) {
  auto& by_time_constant = add({.n_units = 1, .tau_m = -3, .act_fx = "tanh", .output_scale = 2});
  auto& by_flag =
      add({.n_units = 1, .tau_m = 10, .act_fx = "tanh", .output_scale = 2, .is_stateful = false});
  for (RateCell* cell : {&by_time_constant, &by_flag}) {
    cell->j.set(0.5F);
    cell->j_td.set(0.25F);
    cell->z.set(7);

    cell->advance_state.run({.dt = 1});

    EXPECT_EQ(cell->z.scalar(), 0.75F);
    EXPECT_FLOAT_EQ(cell->zF.scalar(), 2 * std::tanh(0.75F));
    EXPECT_EQ(cell->j.scalar(), 0.5F);
  }
}

TEST_F(RateCellTest, ActivatesWholeSamplesWithSoftmax) {
  auto& cell =
      add({.n_units = 2, .tau_m = 0, .act_fx = "softmax", .output_scale = 2, .batch_size = 2});
  cell.j.set({0, 0, 0, std::log(3.0F)});

  cell.advance_state.run({.dt = 1});

  EXPECT_THAT(cell.zF.values(), AreNear(1e-6F, {1, 1, 0.5F, 1.5F}));
}

TEST_F(RateCellTest, TakesAnImageForOneSample) {
  auto& cell = add({.n_units = 4, .tau_m = 0, .act_fx = "softmax", .shape = {2, 2, 1}});

  cell.advance_state.run({.dt = 1});

  EXPECT_EQ(cell.zF.shape(), (Shape{1, 2, 2, 1}));
  EXPECT_THAT(cell.zF.values(), Each(0.25F));
}

TEST_F(RateCellTest, ModulatesByTheWinnersOfWholeSamples) {
  auto& cell = add({.n_units = 6, .tau_m = 1, .act_fx = "bkwta", .output_scale = 2});
  cell.z.set({0, 1, 2, 3, 4, 5});
  cell.j.set(10);

  cell.advance_state.run({.dt = 1});

  EXPECT_THAT(cell.j.values(), ElementsAre(0, 10, 10, 10, 10, 10));
  EXPECT_THAT(cell.z.values(), ElementsAre(0, 11, 12, 13, 14, 15));
  EXPECT_THAT(cell.zF.values(), ElementsAre(0, 2, 2, 2, 2, 2));
}

TEST_F(RateCellTest, LeavesTheSourcesOfWiredCurrentsAsTheyAre) {
  auto &a = add({.n_units = 1, .tau_m = 0}), &b = add({.n_units = 1, .tau_m = 0});
  auto& cell = add({.n_units = 1, .tau_m = 10, .act_fx = "tanh", .resist_scale = 5});
  a.zF.set(1);
  b.zF.set(2);
  circuit_.wire(a.zF + b.zF, cell.j);
  circuit_.wire(b.zF, cell.j_td);

  cell.advance_state.run({.dt = 1});
  cell.reset.run();

  EXPECT_EQ(a.zF.scalar(), 1);
  EXPECT_EQ(b.zF.scalar(), 2);
  EXPECT_EQ(cell.j.scalar(), 3);
  EXPECT_EQ(cell.j_td.scalar(), 2);
}

TEST_F(RateCellTest, ResetClearsCurrentsStateAndRate) {
  auto& cell = add({.n_units = 2, .tau_m = 10});
  for (Compartment* c : {&cell.j, &cell.j_td, &cell.z, &cell.zF}) c->set(1);

  cell.reset.run();

  for (const Compartment* c : {&cell.j, &cell.j_td, &cell.z, &cell.zF})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

RateCell::Params with_lateral() {
  return {.n_units = 4,
          .tau_m = 10,
          .act_fx = "relu",
          .use_lateral = true,
          .exc_inh = {0.5F, -0.25F},
          .n_patch = 2};
}

TEST_F(RateCellTest, AddsTheCurrentOfItsLateralSynapses) {
  auto& cell = add(with_lateral());
  const std::initializer_list<std::vector<float>> currents{
      {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}};

  const std::vector<float> z = Responses(cell.advance_state, cell.z).to(cell.j, currents);

  EXPECT_THAT(z, AreNear(1e-6F, {0.1F, 0.2F, 0.3F, 0.4F,          //
                                 0.2F, 0.4075F, 0.605F, 0.8125F,  //
                                 0.2998125F, 0.62287503F, 0.9149375F, 1.238F}));
}

TEST_F(RateCellTest, AddressesItsLateralSynapsesThroughItself) {
  add(with_lateral());

  const Compartment& W = circuit_.compartment("cell0.Wl_cell0.weights");

  EXPECT_EQ(W.path(), "test:cell0:Wl_cell0:weights");
  EXPECT_THAT(W.values(), ElementsAre(0.5F, -0.25F, 0, 0,  //
                                      -0.25F, 0.5F, 0, 0,  //
                                      0, 0, 0.5F, -0.25F,  //
                                      0, 0, -0.25F, 0.5F));
}

TEST_F(RateCellTest, ModulatesTheLateralCurrentButNotWhatTheSynapsesHold) {
  RateCell::Params params = with_lateral();
  params.fx_lat = "sigmoid";
  params.resist_scale = 2;
  auto& cell = add(params);
  cell.z.set(0);
  cell.lateral->zF_lat.set({1, 0, 0, 0});

  cell.advance_state.run({.dt = 1});

  EXPECT_THAT((*cell.lateral->Wl)["outputs"].values(), ElementsAre(0.5F, -0.25F, 0, 0));
  EXPECT_THAT(cell.lateral->j_lat.values(), ElementsAre(0.25F, -0.125F, 0, 0));  // σ'(0) = 1/4
}

TEST_F(RateCellTest, LetsAdaptiveLateralSynapsesLearnWhenItEvolves) {
  RateCell::Params params = with_lateral();
  const auto change = [&](bool adaptive) {
    params.adaptive_lateral = adaptive;
    params.Wl_eta = -0.1F;  // the optimiser descends
    auto& cell = add(params);
    Compartment& W = (*cell.lateral->Wl)["weights"];
    const Array before = W.read();
    cell.lateral->zF_lat.set({1, 1, 0, 0});
    cell.evolve.run();
    return Array(W.read() - before);
  };
  EXPECT_TRUE((change(false) == 0).all());
  const Array learnt = change(true);
  EXPECT_GT(learnt(0, 1), 0);
  EXPECT_EQ(learnt(0, 2), 0);
  EXPECT_EQ(learnt(2, 3), 0);
}

TEST_F(RateCellTest, ResetClearsItsLateralSynapsesToo) {
  auto& cell = add(with_lateral());
  cell.j.set(1);
  cell.advance_state.run({.dt = 1});
  cell.advance_state.run({.dt = 1});

  cell.reset.run();

  for (const Compartment* c :
       {&cell.lateral->j_lat, &cell.lateral->zF_lat, &(*cell.lateral->Wl)["outputs"]})
    EXPECT_THAT(c->values(), Each(0)) << c->label();
}

TEST_F(RateCellTest, FeedsItsLateralSynapsesWithoutACycleOfTheGraph) {
  add(with_lateral());

  Process& advance = circuit_.command("advance", {.methods = {"advance_state"}});
  advance.run(Keywords{.dt = 1});

  EXPECT_THAT(advance.explain(), testing::Not(HasSubstr("cycle")));
}

TEST_F(RateCellTest, RefusesWhatTheReferenceFailsAtLater) {
  EXPECT_THAT([&] { add({.n_units = 2, .tau_m = 10, .act_fx = "softmax"}); },
              ThrowsMessage<Error>(HasSubstr("cell0.act_fx is softmax, whose slope is a matrix")));
  EXPECT_THAT([&] { add({.n_units = 4, .tau_m = 10, .act_fx = "bkwta"}); },
              ThrowsMessage<Error>(HasSubstr("needs at least 5 units; n_units is 4")));
  RateCell::Params params = with_lateral();
  params.tau_m = 0;
  EXPECT_THAT([&] { add(params); },
              ThrowsMessage<Error>(HasSubstr("has lateral synapses, but no state")));
  params = with_lateral();
  params.shape = {2, 2, 1};
  EXPECT_THAT([&] { add(params); }, ThrowsMessage<Error>(HasSubstr("in a row, and a shape")));
}

TEST_F(RateCellTest, RefusesWordsThatTheReferenceTakesForDefaults) {
  EXPECT_THAT(
      [&] {
        add({.n_units = 1, .tau_m = 1, .prior = {"gausian", {0}}});
      },
      ThrowsMessage<Error>(HasSubstr(".prior is 'gausian'")));
  EXPECT_THAT(
      [&] {
        add({.n_units = 1, .tau_m = 1, .threshold = {"soft", {0}}});
      },
      ThrowsMessage<Error>(HasSubstr(".threshold is 'soft'")));
  EXPECT_THAT([&] { add({.n_units = 1, .tau_m = 1, .integration_type = "rk3"}); },
              ThrowsMessage<Error>(HasSubstr(".integration_type is 'rk3'")));
}

}  // namespace
}  // namespace plexus

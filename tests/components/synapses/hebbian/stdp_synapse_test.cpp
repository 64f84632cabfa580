#include "plexus/components/synapses/hebbian/stdp_synapse.h"

#include <cmath>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class STDPSynapseTest : public test::Plasticity {
 protected:
  /// The catalogue's example: two inputs, three outputs, all of which fire.
  STDPSynapse& example(bool rising, float tau_minus = 20) {
    auto& W = add<STDPSynapse>({.shape = {2, 3},
                                .A_plus = 1,
                                .A_minus = 0.5F,
                                .tau_plus = 10,
                                .tau_minus = tau_minus,
                                .rising_depression = rising});
    W.pre_tols.set({12, 5});
    W.post_tols.set({4, 12, 15});
    W.preSpike.set(1);
    W.postSpike.set(1);
    return W;
  }
  /// The change by spikes that are `lag` ms apart.
  float window(float lag) {
    auto& W = add<STDPSynapse>(
        {.shape = {1, 1}, .A_plus = 1, .A_minus = 0.5F, .tau_plus = 10, .tau_minus = 20});
    W.pre_tols.set(500);
    W.post_tols.set(500 + lag);
    W.preSpike.set(1);
    W.postSpike.set(1);
    W.evolve.run();
    return W.dWeights.scalar();
  }
};

TEST_F(STDPSynapseTest, ReproducesTheCataloguesExample) {
  auto& W = example(false);
  W.evolve.run();
  EXPECT_THAT(W.dWeights.values(),
              near({-0.33516002F, 0, 0.7408182F, -0.47561470F, 0.49658528F, 0.36787942F}));
}

TEST_F(STDPSynapseTest, HasTheReferencesFormulaIfToldTo) {
  auto& W = example(true);
  W.evolve.run();
  EXPECT_THAT(W.dWeights.values(),
              near({-0.7459123F, 0, 0.7408182F, -0.52563554F, 0.49658528F, 0.36787942F}));
}

TEST_F(STDPSynapseTest, FallsOffExponentiallyToBothSidesOfTheSameTime) {
  for (const float lag : {1.0F, 5.0F, 20.0F, 60.0F}) {
    EXPECT_NEAR(window(lag), std::exp(-lag / 10), 1e-6);
    EXPECT_NEAR(window(-lag), -0.5 * std::exp(-lag / 20), 1e-6);
  }
  EXPECT_EQ(window(0), 0);
}

TEST_F(STDPSynapseTest, StaysFiniteHoweverFarSpikesAreApart) {
  for (const bool rising : {false, true}) {
    auto& W = example(rising, 10);
    W.weights.set(0.5F);
    W.pre_tols.set({1000, 5});
    W.preSpike.set({0, 1});
    W.evolve.run();
    EXPECT_THAT(W.dWeights.values().first(3), Each(0)) << rising;
    EXPECT_TRUE(W.weights.read().isFinite().all()) << rising;
  }
}

TEST_F(STDPSynapseTest, LearnsNothingFromUnitsThatNeverFired) {
  auto& W = example(false);
  W.pre_tols.set(0);
  W.evolve.run();
  EXPECT_THAT(W.dWeights.values(), Each(0));
}

TEST_F(STDPSynapseTest, DecaysByTimeOrByEvolve) {
  auto& by_time =
      add<STDPSynapse>({.shape = {1, 1}, .A_plus = 1, .A_minus = 1, .w_decay = 0.9F, .tau_w = 50});
  by_time.weights.set(0.5F);
  by_time.evolve.run({.dt = 0.5});
  EXPECT_FLOAT_EQ(by_time.weights.scalar(), 0.5F - 0.5F * 0.01F);

  auto& by_evolve = add<STDPSynapse>({.shape = {1, 1}, .A_plus = 1, .A_minus = 1, .w_decay = 0.1F});
  by_evolve.weights.set(0.5F);
  by_evolve.evolve.run();
  EXPECT_FLOAT_EQ(by_evolve.weights.scalar(), 0.45F);
}

TEST_F(STDPSynapseTest, KeepsWeightsWithinItsMargins) {
  auto& W = add<STDPSynapse>({.shape = {1, 2}, .A_plus = 1, .A_minus = 1, .w_bound = 2});
  W.weights.set({-1, 3});
  W.evolve.run();
  EXPECT_THAT(W.weights.values(), near({0.001F, 1.999F}));
}

TEST_F(STDPSynapseTest, ResetClearsSpikesAndTimesAndKeepsTheRate) {
  auto& W = example(false);
  W.eta.set(0.25F);
  W.evolve.run();
  W.reset.run();
  for (const Compartment* c : {&W.preSpike, &W.postSpike, &W.pre_tols, &W.post_tols, &W.dWeights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  EXPECT_EQ(W.eta.scalar(), 0.25F);
}

TEST_F(STDPSynapseTest, RefusesABatchByName) {
  EXPECT_THAT(test::error_of([&] {
                add<STDPSynapse>({.shape = {1, 1}, .batch_size = 3, .A_plus = 1, .A_minus = 1});
              }),
              HasSubstr("batch_size is 3; expected 1"));
}

}  // namespace
}  // namespace plexus

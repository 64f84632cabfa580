#include "plexus/components/synapses/modulated/mstdpet_synapse.h"

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class MSTDPETSynapseTest : public test::Plasticity {
 protected:
  MSTDPETSynapse& rewarded(float reward, float outmask0 = 1) {
    auto& W = add<MSTDPETSynapse>(
        {.shape = {1, 1}, .A_plus = 1, .A_minus = 1, .eta = 0.1F, .outmask0 = outmask0});
    W.weights.set(0.75F);
    W.preTrace.set(1.25F);
    W.postTrace.set(0.65F);
    W.postSpike.set(1);
    W.modulator.set(reward);
    return W;
  }
};

TEST_F(MSTDPETSynapseTest, RewardsAndPunishesOneEvolveLate) {
  auto& W = rewarded(1);
  W.evolve.run();
  EXPECT_EQ(W.weights.scalar(), 0.75F);
  W.evolve.run();
  EXPECT_FLOAT_EQ(W.weights.scalar(), 0.875F);

  auto& punished = rewarded(-1);
  punished.evolve.run();
  punished.evolve.run();
  EXPECT_FLOAT_EQ(punished.weights.scalar(), 0.625F);
}

TEST_F(MSTDPETSynapseTest, LearnsBeforeTheFirstResetUnlessToldNotTo) {
  auto& W = rewarded(1, 0);
  for (int i = 0; i < 3; ++i) W.evolve.run();
  EXPECT_EQ(W.weights.scalar(), 0.75F);
  W.reset.run();
  EXPECT_EQ(W.outmask.scalar(), 1);
}

TEST_F(MSTDPETSynapseTest, KeepsAFadingTraceOfWhatSpikesAskedFor) {
  auto& W = add<MSTDPETSynapse>({.shape = {2, 2},
                                 .A_plus = 1,
                                 .A_minus = 0.5F,
                                 .eta = 0.1F,
                                 .tau_elg = 20,
                                 .elg_decay = 0.9F,
                                 .tau_w = 100});
  W.weights.set({0.2F, 0.6F, 0.9F, 0.4F});
  W.preSpike.set({1, 0});
  W.preTrace.set({1.25F, 0.4F});
  W.postSpike.set({0, 1});
  W.postTrace.set({0.65F, 1});
  W.modulator.set(2);
  for (int i = 0; i < 3; ++i) W.evolve.run({.dt = 1});
  EXPECT_THAT(W.weights.values(), near({0.18480994F, 0.6035252F, 0.8732691F, 0.399504F}));
  EXPECT_THAT(W.eligibility.values(), near({-0.03016173F, 0.069603994F, 0, 0.03712213F}, 1e-7F));
}

TEST_F(MSTDPETSynapseTest, RefusesABatchByName) {
  EXPECT_THAT(test::error_of([&] {
                add<MSTDPETSynapse>({.shape = {2, 2}, .batch_size = 2, .A_plus = 1, .A_minus = 1});
              }),
              HasSubstr("batch_size is 2; expected 1"));
}

TEST_F(MSTDPETSynapseTest, ResetClearsTheEligibilityAndKeepsTheReward) {
  auto& W = rewarded(1);
  W.evolve.run();
  W.evolve.run();
  W.reset.run();
  EXPECT_THAT(W.eligibility.values(), Each(0));
  EXPECT_EQ(W.modulator.scalar(), 1);
}

}  // namespace
}  // namespace plexus

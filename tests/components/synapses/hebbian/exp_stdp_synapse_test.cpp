#include "plexus/components/synapses/hebbian/exp_stdp_synapse.h"

#include <cmath>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class ExpSTDPSynapseTest : public test::Plasticity {
 protected:
  ExpSTDPSynapse& one_to_one(float eta = 0) {
    auto& W = add<ExpSTDPSynapse>(
        {.shape = {1, 1}, .A_plus = 1, .A_minus = 1, .exp_beta = 1.25F, .eta = eta});
    W.weights.set(0.1F);
    W.preTrace.set(1.25F);
    W.postTrace.set(0.65F);
    return W;
  }
};

TEST_F(ExpSTDPSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = one_to_one();
  W.postSpike.set(1);
  W.evolve.run();
  EXPECT_NEAR(W.dWeights.scalar(), 1.1031212F, 1e-6F);

  W.preSpike.set(1);
  W.postSpike.set(0);
  W.evolve.run();
  EXPECT_NEAR(W.dWeights.scalar(), -0.57362294F, 1e-6F);
}

TEST_F(ExpSTDPSynapseTest, PotentiatesLessTheCloserWIsToItsBound) {
  float before = 2;
  for (const float w : {0.1F, 0.4F, 0.7F}) {
    auto& W = one_to_one();
    W.weights.set(w);
    W.postSpike.set(1);
    W.evolve.run();
    EXPECT_NEAR(W.dWeights.scalar(), std::exp(-1.25 * w) * 1.25, 1e-6);
    EXPECT_LT(W.dWeights.scalar(), before);
    before = W.dWeights.scalar();
  }
}

TEST_F(ExpSTDPSynapseTest, KeepsTheRateThroughAReset) {
  auto& W = one_to_one();
  W.eta.set(0.5F);
  W.reset.run();
  EXPECT_EQ(W.eta.scalar(), 0.5F);
  EXPECT_THAT(W.preTrace.values(), Each(0));
}

TEST_F(ExpSTDPSynapseTest, LiftsWeightsOffTheFloorEvenWithoutLearning) {
  auto& W = one_to_one();
  W.weights.set(-0.3F);
  W.evolve.run();
  EXPECT_EQ(W.weights.scalar(), 0.01F);
}

TEST_F(ExpSTDPSynapseTest, TakesPConnForTheProbabilityOfAConnection) {
  const auto& W = add<ExpSTDPSynapse>(
      {.shape = {20, 30}, .p_conn = 0.3F, .A_plus = 1, .A_minus = 1, .exp_beta = 1});
  EXPECT_NEAR((W.weights.read() != 0).cast<float>().mean(), 0.3F, 0.1F);
}

TEST_F(ExpSTDPSynapseTest, RefusesAMaskOfAnotherShapeByName) {
  EXPECT_THAT(test::error_of([&] {
                add<ExpSTDPSynapse>({.shape = {2, 2},
                                     .A_plus = 1,
                                     .A_minus = 1,
                                     .exp_beta = 1,
                                     .weight_mask = Tensor{{1, 2}, std::vector<float>{1, 1}}});
              }),
              HasSubstr("weight_mask has shape (1, 2)"));
}

}  // namespace
}  // namespace plexus

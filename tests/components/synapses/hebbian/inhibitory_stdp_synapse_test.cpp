#include "plexus/components/synapses/hebbian/inhibitory_stdp_synapse.h"

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;

class InhibitorySTDPSynapseTest : public test::Plasticity {
 protected:
  /// The catalogue's example after two evolves.
  InhibitorySTDPSynapse& evolved(InhibitorySTDPSynapse::Params params) {
    params.shape = {2, 2};
    params.batch_size = 2;
    params.eta = 0.1F;
    params.Aplus = 5;
    params.Aminus = 0.5F;
    auto& W = add<InhibitorySTDPSynapse>(std::move(params));
    W.weights.set({0.2F, 0.6F, 0.9F, 0.4F});
    W.s_pre.set({1, 0, 0, 1});
    W.s_post.set({1, 1, 0, 1});
    W.v_post.set({0.5F, 0.1F, 0.3F, -0.2F});
    for (int i = 0; i < 2; ++i) W.evolve.run({.dt = 0.5});
    return W;
  }
};

TEST_F(InhibitorySTDPSynapseTest, ReproducesTheCataloguesExamples) {
  EXPECT_THAT(evolved({}).weights.values(),
              near({0.21967761F, 0.6095916F, 0.8995525F, 0.41463462F}));
  EXPECT_THAT(evolved({.use_soft_bounds = false}).weights.values(),
              near({0.2243639F, 0.6243639F, 0.89950275F, 0.4243639F}));
  EXPECT_THAT(evolved({.is_volt_dependent = true}).dWeights.values(),
              near({0.0039656754F, -0.0009915842F, 0.00016526406F, -0.0026435633F}, 1e-7F));
}

TEST_F(InhibitorySTDPSynapseTest, BalancesAtTwiceTheTargetTimesTheTrace) {
  // Without soft bounds, an input and an output in steady states x and y: dW = x s + s x − 2 rho x
  // = 0 at s = rho.
  auto& W = add<InhibitorySTDPSynapse>({.shape = {1, 1}, .rho = 0.2F, .use_soft_bounds = false});
  W.weights.set(0.5F);
  for (const float rate : {0.1F, 0.2F, 0.3F}) {
    W.s_pre.set(rate);
    W.s_post.set(rate);
    W.x_pre.set(rate);
    W.x_post.set(rate);
    W.evolve.run({.dt = 1});
    EXPECT_NEAR(W.dWeights.scalar(), 2 * rate * (rate - 0.2F), 1e-6);
  }
}

TEST_F(InhibitorySTDPSynapseTest, MasksWeightsFromTheStart) {
  auto& W = add<InhibitorySTDPSynapse>(
      {.shape = {2, 2}, .mask = Tensor{{2, 2}, std::vector<float>{1, 0, 0, 1}}});
  EXPECT_EQ(W.weights.read()(0, 1), 0);
  W.s_pre.set(1);
  W.s_post.set(1);
  W.evolve.run({.dt = 1});
  EXPECT_EQ(W.weights.read()(1, 0), 0);
  EXPECT_GT(W.weights.read()(1, 1), 0);
}

TEST_F(InhibitorySTDPSynapseTest, ResetClearsSpikesVoltageAndTraces) {
  auto& W = evolved({});
  W.reset.run();
  for (const Compartment* c : {&W.s_pre, &W.s_post, &W.v_post, &W.x_pre, &W.x_post, &W.dWeights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

}  // namespace
}  // namespace plexus

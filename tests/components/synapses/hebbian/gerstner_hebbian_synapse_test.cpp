#include "plexus/components/synapses/hebbian/gerstner_hebbian_synapse.h"

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;

class GerstnerHebbianSynapseTest : public test::Plasticity {
 protected:
  GerstnerHebbianSynapse& evolved(float sign_value) {
    auto& W = add<GerstnerHebbianSynapse>({.shape = {3, 2},
                                           .batch_size = 2,
                                           .coeffs = {-0.1F, 0.2F, 0.3F, 1},
                                           .sign_value = sign_value});
    W.weights.set(0.5F);
    W.pre.set({1, 2, 3, 0, 1, 0});
    W.post.set({0.5F, -1, 1, 2});
    W.evolve.run();
    return W;
  }
};

TEST_F(GerstnerHebbianSynapseTest, ReproducesTheCataloguesExample) {
  const auto& W = evolved(1);
  EXPECT_THAT(W.dWeights.values(), near({0.525F, -0.3F, 1.475F, 0.4F, 1.225F, -1.1F}));
  EXPECT_THAT(W.weights.values(), near({0.50525F, 0.497F, 0.51475F, 0.504F, 0.51225F, 0.489F}));
}

TEST_F(GerstnerHebbianSynapseTest, TurnsItsStepByTheSign) {
  EXPECT_THAT(evolved(-1).weights.values(),
              near({0.49475F, 0.503F, 0.48525F, 0.496F, 0.48775F, 0.511F}));
}

TEST_F(GerstnerHebbianSynapseTest, EvolvesBeforeAnythingIsSetHoweverManyInputsAndOutputs) {
  auto& W = add<GerstnerHebbianSynapse>({.shape = {4, 2}});
  const Tensor before = W.weights.value();
  W.evolve.run();
  EXPECT_EQ(W.weights.value(), before);
}

TEST_F(GerstnerHebbianSynapseTest, ResetClearsInputsAndOutputsToo) {
  auto& W = evolved(1);
  W.inputs.set(1);
  W.advance_state.run();
  W.reset.run();
  for (const Compartment* c : {&W.inputs, &W.outputs, &W.pre, &W.post, &W.dWeights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

}  // namespace
}  // namespace plexus

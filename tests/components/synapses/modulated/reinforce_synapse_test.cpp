#include "plexus/components/synapses/modulated/reinforce_synapse.h"

#include <cmath>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class REINFORCESynapseTest : public test::Plasticity {
 protected:
  REINFORCESynapse& one_to_one(REINFORCESynapse::Params params) {
    params.shape = {1, 1};
    params.act_fx = "tanh";
    params.mu_act_fx = "tanh";
    auto& W = add<REINFORCESynapse>(std::move(params));
    W.weights.set({0.13F, 0.04F});
    W.inputs.set(-0.1F);
    W.rewards.set(-0.1F);
    return W;
  }
};

TEST_F(REINFORCESynapseTest, ReproducesTheCataloguesExample) {
  auto& W = one_to_one({});
  W.evolve.run();
  EXPECT_NEAR(W.outputs.scalar(), 0.59039766F, 1e-6F);
  EXPECT_NEAR(W.objective.scalar(), -0.0010984268F, 1e-8F);
  EXPECT_THAT(W.dWeights.values(), near({6.0606289e-5F, -6.3094827e-5F}, 1e-9F));
  W.evolve.run();
  EXPECT_NEAR(W.objective.scalar(), -0.0009371892F, 1e-8F);
  EXPECT_THAT(W.accumulated_gradients.values(), near({1.9450392e-5F, -7.8849582e-5F}, 1e-9F));
}

TEST_F(REINFORCESynapseTest, LearnsNoDeviationThatIsGiven) {
  auto& W = one_to_one({.scalar_stddev = 2});
  W.evolve.run();
  EXPECT_NEAR(W.outputs.scalar(), 1.1985719F, 1e-6F);
  EXPECT_THAT(W.dWeights.values(), near({3.0182577e-5F, 0}, 1e-9F));
}

TEST_F(REINFORCESynapseTest, LearnsOnlyWhereItsMaskIsSet) {
  auto& W = one_to_one({.eta = 100});
  W.evolve.run();
  EXPECT_THAT(W.weights.values(), near({0.13F, 0.04F}, 0));
  EXPECT_EQ(W.step_count.scalar(), 1);
  W.learning_mask.set(1);
  W.evolve.run();
  EXPECT_NE(W.weights.values()[0], 0.13F);
  EXPECT_EQ(W.step_count.scalar(), 0);
}

TEST_F(REINFORCESynapseTest, LetsWeightsBeNegativeIfAllowed) {
  auto& floored = one_to_one({});
  auto& free = one_to_one({.w_min = -1});
  for (auto* W : {&floored, &free}) {
    W->weights.set({-0.5F, -0.25F});
    W->evolve.run();
  }
  EXPECT_THAT(floored.weights.values(), Each(0));
  EXPECT_THAT(free.weights.values(), near({-0.5F, -0.25F}, 0));
}

TEST_F(REINFORCESynapseTest, FindsTheActionThatIsRewarded) {
  auto& W = add<REINFORCESynapse>(
      {.shape = {1, 1}, .batch_size = 64, .eta = 20, .w_bound = 4, .scalar_stddev = 0.3F});
  W.weights.set(0);
  W.inputs.set(1);
  W.learning_mask.set(1);
  for (int i = 0; i < 400;
       ++i) {  // the reward of the last actions teaches the next: one seed, the same noise
    const Key seed = W.seed.key();
    const Tensor before = W.weights.value();
    W.rewards.set(0);
    W.evolve.run();
    std::vector<float> rewards;
    float mean = 0;
    for (const float o : W.outputs.values()) rewards.push_back(-(o - 1.5F) * (o - 1.5F));
    for (const float r : rewards) mean += r / 64;
    for (float& r : rewards) r -= mean;
    W.rewards.set(rewards);
    W.seed.set(seed);
    W.weights.set(before);
    W.evolve.run();
  }
  EXPECT_NEAR(W.weights.values()[0], 1.5F, 0.1F);
}

TEST_F(REINFORCESynapseTest, ResetRestartsItsOwnSeedAndClearsTheInputs) {
  auto& W = one_to_one({.seed = 7});
  W.evolve.run();
  W.reset.run();
  EXPECT_EQ(W.seed.key(), Key::from_seed(7));
  EXPECT_THAT(W.inputs.values(), Each(0));
  EXPECT_EQ(W.dWeights.shape(), (Shape{1, 2}));
  auto& as_reference = one_to_one({.seed = 7, .reset_to_42 = true});
  as_reference.reset.run();
  EXPECT_EQ(as_reference.seed.key(), Key::from_seed(42));
}

TEST_F(REINFORCESynapseTest, DoesNothingInAForwardStep) {
  auto& W = one_to_one({});
  W.evolve.run();
  const auto before = circuit_.values();
  W.advance_state.run();
  EXPECT_EQ(circuit_.values(), before);
}

TEST_F(REINFORCESynapseTest, RefusesFunctionsThatItCannotUseByName) {
  EXPECT_THAT(test::error_of([&] {
                add<REINFORCESynapse>({.shape = {3, 2}, .act_fx = "bkwta"});
              }),
              HasSubstr("act_fx is bkwta"));
  EXPECT_THAT(test::error_of([&] {
                add<REINFORCESynapse>({.shape = {3, 2}, .mu_act_fx = "softmax"});
              }),
              HasSubstr("mu_act_fx"));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/hebbian/bcm_synapse.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"

namespace plexus {
namespace {

class BCMSynapseTest : public testing::Test {
 protected:
  BCMSynapseTest() { install_compilers(); }

  /// A 3 -> 2 synapse with θ = 0.5, after one step driven by constant x and y.
  BCMSynapse& evolved(float x, float y, int batch_size = 1) {
    auto& W =
        circuit_.add<BCMSynapse>("W" + std::to_string(next_++), {.shape = {3, 2},
                                                                 .weight_init = init::constant(0.3),
                                                                 .batch_size = batch_size,
                                                                 .tau_w = 40,
                                                                 .tau_theta = 20,
                                                                 .theta0 = 0.5F});
    W.pre.set(x);
    W.post.set(y);
    W.evolve.run({.dt = 1});
    return W;
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(BCMSynapseTest, AgreesWithTheReferencesOwnExample) {
  auto& W = circuit_.add<BCMSynapse>("W", {.shape = {1, 1}, .tau_w = 40, .tau_theta = 20});
  W.pre.set(0.425F);
  W.post.set(1.55F);

  W.advance_state.run();
  W.evolve.run({.dt = 1});

  EXPECT_FLOAT_EQ(W.dWeights.scalar(), -1.6798127F);
  EXPECT_FLOAT_EQ(W.post_term.scalar(), -3.9525003F);
  EXPECT_FLOAT_EQ(W.theta.scalar(), -0.829875F);
}

TEST_F(BCMSynapseTest, DepressesBelowTheThresholdAndPotentiatesAboveIt) {
  EXPECT_LT(evolved(1, 0.4F).dWeights.read().maxCoeff(), 0);
  EXPECT_GT(evolved(1, 0.6F).dWeights.read().minCoeff(), 0);
  EXPECT_TRUE((evolved(1, 0.5F).dWeights.read() == 0).all());
}

TEST_F(BCMSynapseTest, SumsTheHebbianTermOverTheBatchButAveragesTheThreshold) {
  const auto &one = evolved(0.3F, 0.9F, 1), &four = evolved(0.3F, 0.9F, 4);
  EXPECT_FLOAT_EQ(four.dWeights.read()(0, 0), 4 * one.dWeights.read()(0, 0));
  EXPECT_FLOAT_EQ(four.theta.read()(0, 0), one.theta.read()(0, 0));
}

TEST_F(BCMSynapseTest, ResetKeepsWhatWasLearned) {
  auto& W = evolved(1, 1);
  const Array weights = W.weights.read(), theta = W.theta.read();

  W.reset.run();

  EXPECT_TRUE((W.post.read() == 0).all());
  EXPECT_TRUE((W.weights.read() == weights).all());
  EXPECT_TRUE((W.theta.read() == theta).all());
}

TEST_F(BCMSynapseTest, ResetClearsTheDelayLineToo) {
  auto& W = circuit_.add<BCMSynapse>(
      "W", {.shape = {2, 2}, .max_delay_steps = 2, .tau_w = 40, .tau_theta = 20, .theta0 = 1});
  W.inputs.set(1);
  W.gate.set(0);
  W.advance_state.run();

  W.reset.run();

  EXPECT_TRUE((W.gate.read() == 1).all());
  EXPECT_THAT(W.input_delay_buffer.values(), testing::Each(0));
}

TEST_F(BCMSynapseTest, TakesPConnForTheProbabilityOfAConnection) {
  const auto& W = circuit_.add<BCMSynapse>(
      "W", {.shape = {50, 50}, .p_conn = 0.3F, .tau_w = 40, .tau_theta = 20, .theta0 = 1});
  EXPECT_NEAR(static_cast<float>((W.weights.read() != 0).count()) / 2500, 0.3, 0.05);
}

TEST_F(BCMSynapseTest, MayHaveBiases) {
  auto& W = circuit_.add<BCMSynapse>("W", {.shape = {2, 2},
                                           .bias_init = init::constant(0.5),
                                           .tau_w = 40,
                                           .tau_theta = 20,
                                           .theta0 = 1});
  W.advance_state.run();
  EXPECT_TRUE((W.outputs.read() == 0.5F).all());
}

TEST_F(BCMSynapseTest, RejectsANegativeTimeConstantByName) {
  EXPECT_THAT(
      [&] {
        circuit_.add<BCMSynapse>("W", {.shape = {1, 1}, .tau_w = -40, .tau_theta = 20});
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr("W.tau_w is -40; expected a number > 0")));
}

}  // namespace
}  // namespace plexus

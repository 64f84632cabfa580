#include "plexus/components/synapses/patched/hebbian_patched_synapse.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

class HebbianPatchedSynapseTest : public testing::Test {
 protected:
  HebbianPatchedSynapseTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  /// Two modules of 2 x 2 with weights of 0.5 and known statistics, eta 0.1, climbing.
  HebbianPatchedSynapse& add(HebbianPatchedSynapse::Params params) {
    params.shape = {4, 4};
    params.n_sub_models = 2;
    params.eta = 0.1F;
    params.sign_value = -1;
    if (params.p_conn == 1) params.weight_init = init::constant(0.5);
    auto& W = circuit_.add<HebbianPatchedSynapse>("W" + std::to_string(next_++), std::move(params));
    W.pre.set({1, 2, 0, 1});
    W.post.set({0.5F, -1, 1, 2});
    return W;
  }
  HebbianPatchedSynapse& evolved(HebbianPatchedSynapse::Params params) {
    auto& W = add(std::move(params));
    W.evolve.run();
    return W;
  }
  static auto near(std::initializer_list<float> values) {
    return Pointwise(FloatNear(1e-6F), std::vector<float>(values));
  }

  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(HebbianPatchedSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = circuit_.add<HebbianPatchedSynapse>(
      "W", {.shape = {10, 10}, .n_sub_models = 2, .stride_shape = {1, 1}});
  ASSERT_EQ(W.weights.shape(), (Shape{12, 12}));
  W.weights.set(0.5F);
  W.pre.set(1);
  W.post.set(0.75F);

  W.evolve.run();

  EXPECT_EQ(W.weights.read()(0, 0), 0.5F);
}

TEST_F(HebbianPatchedSynapseTest, LearnsWithinItsModules) {
  const auto& W = evolved({.prior = {"l1l2", {0.1F, 0.5F}}});

  EXPECT_THAT(W.dWeights.values(), near({-0.1875F, 0.5625F, 0, 0,  //
                                         -0.4375F, 1.0625F, 0, 0,  //
                                         0, 0, 0.0625F, 0.0625F,   //
                                         0, 0, -0.4375F, -0.9375F}));
  EXPECT_THAT(W.weights.values(), near({0.51875F, 0.44375F, 0, 0,  //
                                        0.54375F, 0.39375F, 0, 0,  //
                                        0, 0, 0.49375F, 0.49375F,  //
                                        0, 0, 0.54375F, 0.59375F}));
  EXPECT_THAT(W.dBiases.values(), near({-0.5F, 1, -1, -2}));
  EXPECT_EQ(W.biases.scalar(), 0);
}

TEST_F(HebbianPatchedSynapseTest, LetsAConnectionOfWeightZeroGoOnLearning) {
  auto& W = add({});
  W.weights.set(0);
  W.evolve.run();

  EXPECT_NE(W.weights.read()(0, 0), 0);
  EXPECT_EQ(W.weights.read()(0, 2), 0) << "it lies outside the modules";
}

TEST_F(HebbianPatchedSynapseTest, NeverGrowsAConnectionThatPConnLeftOut) {
  auto& W = add({.p_conn = 0.5F});
  const Array before = W.weights.read();
  ASSERT_GT((before.block(0, 0, 2, 2) == 0).count() + (before.block(2, 2, 2, 2) == 0).count(), 0);
  W.pre.set(1);
  W.post.set(1);

  for (int i = 0; i < 5; ++i) W.evolve.run();

  EXPECT_TRUE(((W.weights.read() == 0) == (before == 0)).all());
}

TEST_F(HebbianPatchedSynapseTest, ScalesWeightsAndChangesByItsBlockMask) {
  std::vector<float> mask(16, 1);
  mask[0] = 0;
  const auto& W = evolved({.block_mask = Tensor{{4, 4}, mask}});

  EXPECT_EQ(W.weights.read()(0, 0), 0);
  EXPECT_EQ(W.dWeights.read()(0, 0), 0);
  EXPECT_NE(W.dWeights.read()(0, 1), 0);
}

TEST_F(HebbianPatchedSynapseTest, RefusesABlockMaskOfAnotherShape) {
  EXPECT_THAT(
      [&] {
        add({.block_mask = Tensor{{2, 2}, std::vector<float>(4, 1)}});
      },
      testing::ThrowsMessage<Error>(
          testing::HasSubstr("W0.block_mask has shape (2, 2); expected (4, 4), as the weights")));
}

TEST_F(HebbianPatchedSynapseTest, HasNoPriorOfHebbianSynapsesOtherNames) {
  const Tensor none = evolved({}).weights.value();
  EXPECT_NE(evolved({.prior = {"ridge", {0.3F}}}).weights.value(), none);

  testing::internal::CaptureStderr();
  EXPECT_EQ(evolved({.prior = {"gaussian", {0.3F}}}).weights.value(), none);
  EXPECT_EQ(evolved({.prior = {"laplacian", {0.3F}}}).weights.value(), none);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("write 'l2' for one"));
}

TEST_F(HebbianPatchedSynapseTest, TrainsBiasesOnlyIfItHasThem) {
  const auto& W = evolved({.bias_init = init::constant(0.25)});
  EXPECT_THAT(W.biases.values(), near({0.3F, 0.15F, 0.35F, 0.45F}));
}

TEST_F(HebbianPatchedSynapseTest, KeepsTheOptimisersStateThroughAReset) {
  for (const char* optimiser : {"nag", "adam"}) {
    auto &plain = evolved({.optim_type = optimiser}), &reset = evolved({.optim_type = optimiser});
    const Tensor pre = reset.pre.value(), post = reset.post.value();
    plain.evolve.run();
    reset.reset.run();
    reset.pre.set(pre);
    reset.post.set(post);
    reset.evolve.run();

    EXPECT_EQ(reset.weights.value(), plain.weights.value()) << optimiser;
  }
}

TEST_F(HebbianPatchedSynapseTest, ResetClearsSignalsAndUpdates) {
  auto& W = evolved({});
  W.inputs.set(1);
  W.post_in.set(1);
  W.advance_state.run();

  W.reset.run();

  for (const Compartment* c :
       {&W.inputs, &W.outputs, &W.post_in, &W.pre_out, &W.pre, &W.post, &W.dWeights, &W.dBiases})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

}  // namespace
}  // namespace plexus

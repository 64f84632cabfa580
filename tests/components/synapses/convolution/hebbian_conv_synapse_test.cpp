#include "plexus/components/synapses/convolution/hebbian_conv_synapse.h"

#include "plexus/components/synapses/convolution/hebbian_deconv_synapse.h"
#include "tests/components/synapses/convolution/filter_test.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class HebbianConvSynapseTest : public test::FilterTest {
 protected:
  using Params = HebbianConvSynapse::Params;

  /// Filters of 0.5, statistics of ones at all places: dK is the number of places that a tap sees.
  HebbianConvSynapse& evolved(Params params) {
    params.shape = {2, 2, 1, 2};
    params.x_shape = {3, 3};
    params.filter_init = init::constant(0.5);
    params.padding = "VALID";
    params.eta = 0.1F;
    auto& W = add<HebbianConvSynapse>(std::move(params));
    W.pre.set(1);
    W.post.set(1);
    W.evolve.run();
    return W;
  }
};
class HebbianDeconvSynapseTest : public test::FilterTest {};

TEST_F(HebbianConvSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = add<HebbianConvSynapse>(
      {.shape = {2, 2, 1, 1}, .x_shape = {2, 2}, .filter_init = init::constant(1)});
  W.inputs.set(1);
  W.advance_state.run();
  EXPECT_THAT(W.outputs.values(), ElementsAre(4, 2, 2, 1));

  W.pre.set(1);
  copy(W.outputs, W.post);
  W.evolve.run();
  W.backtransmit.run();
  EXPECT_THAT(W.dWeights.values(), ElementsAre(9, 6, 6, 4));
  EXPECT_THAT(W.dInputs.values(), ElementsAre(4, 6, 6, 9));
}

TEST_F(HebbianConvSynapseTest, AgreesWithTheReferenceAtStrideTwo) {
  auto& W = add<HebbianConvSynapse>({.shape = {3, 3, 2, 2},
                                     .x_shape = {5, 5},
                                     .stride = 2,
                                     .eta = 0.1F,
                                     .w_bound = 0.5F,
                                     .w_decay = 0.01F,
                                     .inverted_decay = true,
                                     .sign_value = -1});
  fill(W.weights, 0.1F);
  fill(W.inputs, 0.5F);
  fill(W.pre, 0.5F);
  W.advance_state.run();
  EXPECT_THAT(each(W.outputs, 2),
              near({0.4F, 1.5F, 0.55F, -0.05F, -1.15F, 0.15F, -0.35F, -0.35F, 0}));

  copy(W.outputs, W.post);
  W.backtransmit.run();
  const auto before = each(W.dInputs, 2);
  EXPECT_THAT(std::vector(before.begin(), before.begin() + 5),
              near({0.04F, -0.66F, 0.15F, -0.56F, 0.055F}));
  EXPECT_THAT(std::vector(before.end() - 5, before.end()),
              near({-0.035F, 0.355F, -0.035F, 0.255F, 0}));

  W.evolve.run();
  EXPECT_THAT(each(W.dWeights, 4),
              near({1.403F, -1.451F, -0.698F, -1.902F, 0.876F, -1.303F, -0.5F, 3.678F, -0.776F}));
  EXPECT_THAT(each(W.weights, 4), near({-0.4403F, 0.2451F, -0.1302F, 0.3902F, -0.1876F, 0.4303F,
                                        0.05F, -0.5F, 0.1776F}));

  W.backtransmit.run();
  const auto after = each(W.dInputs, 2);
  EXPECT_THAT(std::vector(after.begin(), after.begin() + 5),
              near({0.10653999F, -1.0301601F, 0.22889999F, -0.83256006F, 0.05067997F}));
}

TEST_F(HebbianConvSynapseTest, LearnsWithoutBiases) {
  auto& W = evolved({});
  W.inputs.set(1);
  W.advance_state.run();

  EXPECT_THAT(W.weights.values(), Each(testing::FloatEq(0.5F - 0.1F * 4)));
  EXPECT_THAT(W.outputs.values(), Each(testing::FloatNear(0.4F, 1e-6F)));
  EXPECT_EQ(W.biases.scalar(), 0);
  EXPECT_EQ(W.dBiases.value(), (Tensor{{}, std::vector<float>{0}}));
}

TEST_F(HebbianConvSynapseTest, SumsTheChangesOfBiasesOverPlaces) {
  const auto& W = evolved({.bias_init = init::constant(0.25), .sign_value = -1});

  EXPECT_EQ(W.biases.shape(), (Shape{1, 1, 1, 2}));
  EXPECT_THAT(W.dBiases.values(), ElementsAre(-4, -4));
  EXPECT_THAT(W.biases.values(), Each(testing::FloatEq(0.65F)));
}

TEST_F(HebbianConvSynapseTest, DecaysTowardsZeroWhateverTheSignOfTheUpdate) {
  for (const float sign : {1.0F, -1.0F}) {
    const auto& W = evolved({.w_decay = 0.2F, .sign_value = sign});
    EXPECT_THAT(W.dWeights.values(), Each(testing::FloatEq(sign * 4 + 0.2F * 0.5F)));
    EXPECT_THAT(W.weights.values(), Each(testing::FloatEq(0.5F - 0.1F * (sign * 4 + 0.1F))));
  }
}

TEST_F(HebbianConvSynapseTest, GrowsByDecayIfItIsInverted) {
  const auto& W = evolved({.w_decay = 0.2F, .inverted_decay = true});
  EXPECT_THAT(W.dWeights.values(), Each(testing::FloatEq(4 - 0.2F * 0.5F)));
}

TEST_F(HebbianConvSynapseTest, HasNoNegativeDecay) {
  EXPECT_THAT(evolved({.w_decay = -0.2F}).dWeights.values(), Each(4));
}

TEST_F(HebbianConvSynapseTest, ClipsToItsBound) {
  EXPECT_THAT(evolved({.w_bound = 0.3F, .sign_value = 3}).weights.values(), Each(-0.3F));
  EXPECT_THAT(evolved({.w_bound = 0.3F, .sign_value = -3}).weights.values(), Each(0.3F));
  EXPECT_THAT(evolved({.w_bound = 0.3F, .is_nonnegative = true, .sign_value = 3}).weights.values(),
              Each(0));
  EXPECT_THAT(evolved({.is_nonnegative = true, .sign_value = 3}).weights.values(),
              Each(testing::FloatEq(-0.7F)));
}

TEST_F(HebbianConvSynapseTest, KeepsTheOptimisersStateAndUpdatesThroughAReset) {
  for (const char* optimiser : {"sgd", "nag", "adam"}) {
    const Params params{.bias_init = init::constant(0.25), .optim_type = optimiser};
    auto &plain = evolved(params), &reset = evolved(params);
    plain.evolve.run();
    const Tensor dW = reset.dWeights.value();
    reset.backtransmit.run();
    reset.reset.run();
    EXPECT_THAT(reset.pre.values(), Each(0));
    EXPECT_THAT(reset.post.values(), Each(0));
    EXPECT_THAT(reset.dInputs.values(), Each(0));
    EXPECT_EQ(reset.dWeights.value(), dW);
    reset.pre.set(1);
    reset.post.set(1);
    reset.evolve.run();

    EXPECT_EQ(reset.weights.value(), plain.weights.value()) << optimiser;
    EXPECT_EQ(reset.biases.value(), plain.biases.value()) << optimiser;
  }
}

TEST_F(HebbianDeconvSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = add<HebbianDeconvSynapse>(
      {.shape = {2, 2, 1, 1}, .x_shape = {2, 2}, .filter_init = init::constant(1)});
  W.inputs.set(1);
  W.advance_state.run();
  EXPECT_THAT(W.outputs.values(), ElementsAre(1, 2, 2, 4));

  W.pre.set(1);
  copy(W.outputs, W.post);
  W.evolve.run();
  W.backtransmit.run();
  EXPECT_THAT(W.dWeights.values(), ElementsAre(4, 6, 6, 9));
  EXPECT_THAT(W.dInputs.values(), ElementsAre(9, 6, 6, 4));
}

TEST_F(HebbianDeconvSynapseTest, AgreesWithTheReferenceAtStrideTwo) {
  auto& W = add<HebbianDeconvSynapse>({.shape = {3, 3, 2, 1},
                                       .x_shape = {3, 3},
                                       .stride = 2,
                                       .padding = "VALID",
                                       .eta = 0.01F,
                                       .sign_value = -1,
                                       .optim_type = "adam"});
  fill(W.weights, 0.1F);
  fill(W.inputs, 0.5F);
  fill(W.pre, 0.5F);
  W.advance_state.run();
  ASSERT_EQ(W.outputs.shape(), (Shape{1, 7, 7, 1}));
  const auto y = W.outputs.values();
  EXPECT_THAT(std::vector(y.begin(), y.begin() + 7),
              near({0.15F, 0.65F, -0.55F, 0.15F, -0.15F, -0.35F, 0.4F}));

  copy(W.outputs, W.post);
  W.backtransmit.run();
  EXPECT_THAT(each(W.dInputs, 2),
              near({0.66F, 0.06F, -0.275F, -0.36F, 0.275F, -0.005F, -0.67F, 0.695F, 0.135F}));
  W.evolve.run();
  EXPECT_THAT(each(W.dWeights, 2),
              near({2.15F, 2.525F, -1.2F, -1.6F, 2.225F, 0.275F, -2.5F, 3.625F, 2.225F}));
  EXPECT_THAT(each(W.weights, 2),
              near({-0.31F, -0.11F, 0.11F, 0.31F, -0.21F, -0.01F, 0.21F, -0.31F, -0.11F}));
  W.backtransmit.run();
  EXPECT_THAT(each(W.dInputs, 2),
              near({0.68849987F, 0.05700002F, -0.28899992F, -0.38249984F, 0.29899985F, -0.00400001F,
                    -0.69849986F, 0.72749984F, 0.135F}));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/convolution/conv_synapse.h"

#include "plexus/components/synapses/convolution/deconv_synapse.h"
#include "plexus/components/synapses/convolution/static_conv_synapse.h"
#include "plexus/components/synapses/convolution/static_deconv_synapse.h"
#include "tests/components/synapses/convolution/filter_test.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ConvSynapseTest : public test::FilterTest {};
class DeconvSynapseTest : public test::FilterTest {};

TEST_F(ConvSynapseTest, ScalesTheConvolutionButNotTheBias) {
  auto& W = add<ConvSynapse>({.shape = {2, 2, 1, 1},
                              .x_shape = {2, 2},
                              .bias_init = init::constant(0.25),
                              .g_conduct_factor = 0.5F});
  W.weights.set({1, 2, 3, 4});
  W.inputs.set({1, 10, 100, 1000});
  W.advance_state.run();

  EXPECT_THAT(W.outputs.values(), ElementsAre(2160.75F, 1505.25F, 1050.25F, 500.25F));
}

TEST_F(ConvSynapseTest, PadsUnlessToldNotTo) {
  EXPECT_EQ(add<ConvSynapse>({.shape = {3, 3, 1, 2}, .x_shape = {5, 5}}).outputs.shape(),
            (Shape{1, 5, 5, 2}));
  EXPECT_EQ(add<ConvSynapse>({.shape = {3, 3, 1, 2}, .x_shape = {5, 5}, .padding = "VALID"})
                .outputs.shape(),
            (Shape{1, 3, 3, 2}));
}

TEST_F(ConvSynapseTest, HasABiasForEachChannel) {
  auto& W = add<ConvSynapse>(
      {.shape = {2, 2, 1, 3}, .x_shape = {4, 4}, .bias_init = init::uniform(-1, 1)});
  ASSERT_EQ(W.biases.shape(), (Shape{1, 1, 1, 3}));
  W.inputs.set(0);
  W.advance_state.run();

  const auto b = W.biases.values(), y = W.outputs.values();
  EXPECT_NE(b[0], b[1]);
  for (std::size_t i = 0; i < y.size(); ++i) EXPECT_EQ(y[i], b[i % 3]);
}

TEST_F(ConvSynapseTest, HasASingleBiasOfZeroUnlessToldOtherwise) {
  EXPECT_EQ(add<ConvSynapse>({.shape = {2, 2, 1, 3}, .x_shape = {4, 4}}).biases.shape(), Shape{});
}

TEST_F(ConvSynapseTest, TakesMapsAndFiltersThatAreNotSquare) {
  auto& W = add<ConvSynapse>({.shape = {1, 2, 1, 1}, .x_shape = {2, 3}, .padding = "VALID"});
  W.weights.set({1, 10});
  W.inputs.set({1, 2, 3, 4, 5, 6});
  W.advance_state.run();

  EXPECT_EQ(W.outputs.shape(), (Shape{1, 2, 2, 1}));
  EXPECT_THAT(W.outputs.values(), ElementsAre(21, 32, 54, 65));
}

TEST_F(ConvSynapseTest, RefusesFiltersBeyondTheMap) {
  EXPECT_THAT(
      [&] {
        add<ConvSynapse>({.shape = {3, 3, 1, 1}, .x_shape = {2, 4}, .padding = "VALID"});
      },
      ThrowsMessage<Error>(HasSubstr("W0.shape is (3, 3, 1, 1), beyond the maps of (2, 4)")));
}

TEST_F(ConvSynapseTest, RefusesShapesOfOtherRanks) {
  EXPECT_THAT(
      [&] {
        add<ConvSynapse>({.shape = {3, 3}, .x_shape = {4, 4}});
      },
      ThrowsMessage<Error>(HasSubstr("W0.shape is (3, 3); expected [rows, columns")));
  EXPECT_THAT(
      [&] {
        add<ConvSynapse>({.shape = {3, 3, 1, 1}, .x_shape = {4}});
      },
      ThrowsMessage<Error>(HasSubstr("W1.x_shape is (4,); expected [height, width]")));
}

TEST_F(ConvSynapseTest, ResetClearsSignalsAndKeepsTheFilters) {
  auto& W = add<ConvSynapse>({.shape = {2, 2, 1, 2}, .x_shape = {3, 3}});
  const Tensor filters = W.weights.value();
  W.inputs.set(1);
  W.advance_state.run();
  ASSERT_NE(W.outputs.values()[0], 0);
  W.reset.run();

  EXPECT_THAT(W.inputs.values(), Each(0));
  EXPECT_THAT(W.outputs.values(), Each(0));
  EXPECT_EQ(W.weights.value(), filters);
}

TEST_F(ConvSynapseTest, ResetLeavesAWiredInputToItsSource) {
  auto& V = add<ConvSynapse>({.shape = {1, 1, 1, 1}, .x_shape = {3, 3}});
  auto& W = add<ConvSynapse>({.shape = {2, 2, 1, 2}, .x_shape = {3, 3}});
  V.outputs >> W.inputs;
  V.outputs.set(0.5F);
  W.reset.run();

  EXPECT_THAT(V.outputs.values(), Each(0.5F));
}

TEST_F(DeconvSynapseTest, ScalesTheDeconvolutionButNotTheBias) {
  auto& W = add<DeconvSynapse>({.shape = {2, 2, 1, 1},
                                .x_shape = {2, 2},
                                .bias_init = init::constant(0.25),
                                .stride = 2,
                                .g_conduct_factor = 0.5F});
  W.weights.set({1, 2, 3, 4});
  W.inputs.set({1, 10, 100, 1000});
  W.advance_state.run();

  EXPECT_THAT(W.outputs.values(),
              ElementsAre(2.25F, 1.75F, 20.25F, 15.25F, 1.25F, 0.75F, 10.25F, 5.25F, 200.25F,
                          150.25F, 2000.25F, 1500.25F, 100.25F, 50.25F, 1000.25F, 500.25F));
}

TEST_F(DeconvSynapseTest, AndTheConvolutionHaveStaticNamesToo) {
  const ConvSynapse::Params params{.shape = {3, 3, 2, 2}, .x_shape = {4, 4}, .stride = 2};
  const auto run = [](auto& W) {
    fill(W.weights, 0.1F);
    fill(W.inputs, 0.5F);
    W.advance_state.run();
    return W.outputs.value();
  };
  EXPECT_EQ(run(add<StaticConvSynapse>(params)), run(add<ConvSynapse>(params)));
  EXPECT_EQ(run(add<StaticDeconvSynapse>(params)), run(add<DeconvSynapse>(params)));
}

}  // namespace
}  // namespace plexus

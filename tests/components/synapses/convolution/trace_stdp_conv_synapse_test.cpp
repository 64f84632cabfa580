#include "plexus/components/synapses/convolution/trace_stdp_conv_synapse.h"

#include <algorithm>

#include "plexus/components/synapses/convolution/trace_stdp_deconv_synapse.h"
#include "tests/components/synapses/convolution/filter_test.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class TraceSTDPConvSynapseTest : public test::FilterTest {
 protected:
  /// The example that was run on ngc-learn, with filters of 0.9.
  TraceSTDPConvSynapse& evolved(TraceSTDPConvSynapse::Params params) {
    params.shape = {2, 2, 1, 1};
    params.x_shape = {2, 2};
    params.filter_init = init::constant(0.9);
    params.A_plus = 1;
    params.A_minus = 0.5F;
    params.eta = 0.1F;
    params.pretrace_target = 0.2F;
    auto& W = add<TraceSTDPConvSynapse>(std::move(params));
    W.preTrace.set({0.4F, 0.1F, 0, 0.7F});
    W.preSpike.set({1, 0, 0, 1});
    W.postSpike.set({0, 1, 1, 0});
    W.postTrace.set({0.3F, 1, 1, 0.2F});
    W.evolve.run();
    return W;
  }
};
class TraceSTDPDeconvSynapseTest : public test::FilterTest {};

/// The reference's own test: spikes and traces of one map, sent through filters of 1.
template <class Synapse>
Synapse& spiked(Synapse& W) {
  W.weights.set(1);
  W.preSpike.set({0, 1, 1, 0});
  W.preTrace.set({0, 0.4F, 0.4F, 0});
  W.inputs.set(W.preSpike.value());
  W.advance_state.run();
  std::vector<float> spikes(4);
  std::ranges::transform(W.outputs.values(), spikes.begin(),
                         [](float y) { return y > 0 ? 1.0F : 0.0F; });
  W.postSpike.set(spikes);
  W.postTrace.set(spikes, 1.3F);
  W.evolve.run();
  W.backtransmit.run();
  return W;
}

TEST_F(TraceSTDPConvSynapseTest, ReproducesTheReferencesOwnTest) {
  const auto& W = spiked(add<TraceSTDPConvSynapse>(
      {.shape = {2, 2, 1, 1}, .x_shape = {2, 2}, .A_plus = 1, .A_minus = 1}));

  EXPECT_THAT(W.postSpike.values(), ElementsAre(1, 1, 1, 0));
  EXPECT_THAT(W.dWeights.values(), near({-1.8F, -0.9F, -0.9F, 0}));
  EXPECT_THAT(W.dInputs.values(), ElementsAre(1, 2, 2, 3));
  EXPECT_THAT(W.weights.values(), Each(1)) << "eta is 0";
}

TEST_F(TraceSTDPConvSynapseTest, AgreesWithTheReferenceWithBoundAndDecay) {
  const auto& W = evolved({.w_bound = 1, .w_decay = 0.1F});

  EXPECT_THAT(W.dWeights.values(), near({-0.55F, 0, 0, -0.15F}));
  EXPECT_THAT(W.weights.values(), near({0.755F, 0.81F, 0.81F, 0.795F}));
}

TEST_F(TraceSTDPConvSynapseTest, HasNoNegativeDecay) {
  EXPECT_THAT(evolved({.w_decay = -0.1F}).weights.values(), near({0.845F, 0.9F, 0.9F, 0.885F}));
}

TEST_F(TraceSTDPConvSynapseTest, KeepsItsMarginFromBothBounds) {
  auto& W = evolved({.w_bound = 1, .bound_margin = 0.2F});
  EXPECT_THAT(W.weights.values(), Each(testing::FloatEq(0.8F)));
  W.weights.set(-1);
  W.evolve.run();
  EXPECT_THAT(W.weights.values(), Each(0.2F));

  auto& as_in_the_reference = evolved({.w_bound = 0.5F});
  EXPECT_THAT(as_in_the_reference.weights.values(), Each(testing::FloatEq(0.49F)));
}

TEST_F(TraceSTDPConvSynapseTest, MayHaveBiases) {
  auto& W = evolved({.bias_init = init::constant(0.25)});
  const Tensor before = W.biases.value();
  W.inputs.set(0);
  W.advance_state.run();

  EXPECT_THAT(W.outputs.values(), Each(0.25F));
  EXPECT_EQ(W.biases.value(), before);
}

TEST_F(TraceSTDPConvSynapseTest, ResetClearsSpikesAndTracesAndKeepsWhatWasLearned) {
  auto& W = evolved({});
  W.backtransmit.run();
  W.eta.set(0.5F);
  W.inputs.set(1);
  W.advance_state.run();
  const Tensor filters = W.weights.value(), dW = W.dWeights.value(), dx = W.dInputs.value();
  W.reset.run();

  for (const Compartment* c :
       {&W.inputs, &W.outputs, &W.preSpike, &W.preTrace, &W.postSpike, &W.postTrace})
    EXPECT_THAT(c->values(), Each(0)) << c->label();
  EXPECT_EQ(W.eta.scalar(), 0.5F);
  EXPECT_EQ(W.weights.value(), filters);
  EXPECT_EQ(W.dWeights.value(), dW);
  EXPECT_EQ(W.dInputs.value(), dx);
}

TEST_F(TraceSTDPDeconvSynapseTest, ReproducesTheReferencesOwnTest) {
  const auto& W = spiked(add<TraceSTDPDeconvSynapse>(
      {.shape = {2, 2, 1, 1}, .x_shape = {2, 2}, .A_plus = 1, .A_minus = 1}));

  EXPECT_THAT(W.postSpike.values(), ElementsAre(0, 1, 1, 1));
  EXPECT_THAT(W.dWeights.values(), near({0, -0.9F, -0.9F, -1.8F}));
  EXPECT_THAT(W.dInputs.values(), ElementsAre(3, 2, 2, 1));
}

}  // namespace
}  // namespace plexus

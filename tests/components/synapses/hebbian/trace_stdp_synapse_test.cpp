#include "plexus/components/synapses/hebbian/trace_stdp_synapse.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"

namespace plexus {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::Pointwise;

class TraceSTDPSynapseTest : public testing::Test {
 protected:
  TraceSTDPSynapseTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  /// One 2 -> 2 synapse with known weights, a spike on input 0 and one on output 1; evolved once.
  TraceSTDPSynapse& evolved(TraceSTDPSynapse::Params params) {
    params.shape = {2, 2};
    params.A_plus = 1;
    if (!(params.A_minus <= 0)) params.A_minus = 0.5F;
    params.eta = 0.1F;
    auto& W = circuit_.add<TraceSTDPSynapse>("W" + std::to_string(next_++), std::move(params));
    W.weights.set({0.2F, 0.6F, 0.9F, 0.4F});
    W.preSpike.set({1, 0});
    W.preTrace.set({1.25F, 0.4F});
    W.postSpike.set({0, 1});
    W.postTrace.set({0.65F, 1});
    W.evolve.run();
    return W;
  }
  static auto near(std::initializer_list<float> values) {
    return Pointwise(FloatNear(1e-6F), std::vector<float>(values));
  }

  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(TraceSTDPSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W =
      circuit_.add<TraceSTDPSynapse>("W", {.shape = {1, 1}, .A_plus = 1, .A_minus = 1, .eta = 0});
  W.weights.set(0.1F);
  W.preTrace.set(1.25F);
  W.postTrace.set(0.65F);

  W.postSpike.set(1);
  W.evolve.run();
  EXPECT_EQ(W.dWeights.scalar(), 1.25F);

  W.preSpike.set(1);
  W.postSpike.set(0);
  W.evolve.run();
  EXPECT_EQ(W.dWeights.scalar(), -0.65F);
}

TEST_F(TraceSTDPSynapseTest, PotentiatesAtPostSpikesAndDepressesAtPreSpikes) {
  const auto& W = evolved({});
  EXPECT_THAT(W.dWeights.values(), near({-0.325F, 0.75F, 0, 0.4F}));
  EXPECT_THAT(W.weights.values(), near({0.1675F, 0.675F, 0.9F, 0.44F}));
}

TEST_F(TraceSTDPSynapseTest, ScalesByAPowerOfTheDistanceToTheBounds) {
  EXPECT_THAT(evolved({.mu = 0.5F}).dWeights.values(),
              near({-0.1453444F, 0.40327096F, 0, 0.30983868F}));
  EXPECT_THAT(evolved({.mu = 1, .pretrace_target = 0.3F}).dWeights.values(),
              near({-0.065F, 0.07999995F, 0, 0.06F}));
  const auto& W = evolved({.mu = 0.4F});
  EXPECT_NEAR(W.dWeights.read()(0, 1), std::pow(0.4, 0.4) * 1.25 - std::pow(0.6, 0.4) * 0.5, 1e-6);
}

TEST_F(TraceSTDPSynapseTest, HasNoPowerLawBelowZero) {
  EXPECT_EQ(evolved({.mu = -1}).dWeights.value(), evolved({}).dWeights.value());
}

TEST_F(TraceSTDPSynapseTest, DepressesInputsBelowTheirTargetTrace) {
  EXPECT_THAT(evolved({.pretrace_target = 0.5F}).dWeights.values(),
              near({-0.325F, 0.25F, 0, -0.1F}));
}

TEST_F(TraceSTDPSynapseTest, HasNoDepressionWithoutAPositiveStrength) {
  for (const float A_minus : {0.0F, -0.5F})
    EXPECT_THAT(evolved({.A_minus = A_minus}).dWeights.values(), near({0, 1.25F, 0, 0.4F}));
}

TEST_F(TraceSTDPSynapseTest, DecaysByAShareOfEachEvolve) {
  EXPECT_THAT(evolved({.tau_w = 50}).weights.values(), near({0.1635F, 0.663F, 0.882F, 0.432F}));
  EXPECT_EQ(evolved({.tau_w = -50}).weights.value(), evolved({}).weights.value());
}

TEST_F(TraceSTDPSynapseTest, KeepsMaskedWeightsAtZero) {
  const auto& W = evolved({.weight_mask = Tensor{{2, 2}, std::vector<float>{1, 0, 1, 1}}});
  EXPECT_EQ(W.weights.read()(0, 1), 0);
  EXPECT_NEAR(W.dWeights.read()(0, 1), 0.75, 1e-6) << "what is looked at is not masked";

  const auto& fresh = circuit_.add<TraceSTDPSynapse>(
      "fresh", {.shape = {2, 2},
                .A_plus = 1,
                .A_minus = 1,
                .weight_mask = Tensor{{2, 2}, std::vector<float>{1, 0, 1, 1}}});
  EXPECT_EQ(fresh.weights.read()(0, 1), 0);
  EXPECT_NE(fresh.weights.read()(0, 0), 0);
}

TEST_F(TraceSTDPSynapseTest, ClipsBetweenZeroAndItsBound) {
  const auto& W = evolved({.w_bound = 0.65F});
  EXPECT_NEAR(W.weights.read()(0, 1), 0.65, 1e-6);
  EXPECT_NEAR(W.weights.read()(1, 0), 0.65, 1e-6);
}

TEST_F(TraceSTDPSynapseTest, SumsOverTheBatch) {
  auto& W = evolved({.batch_size = 1});
  const Array one = W.dWeights.read();
  circuit_.set_batch_size(3);
  W.weights.set({0.2F, 0.6F, 0.9F, 0.4F});

  W.evolve.run();

  EXPECT_TRUE(W.dWeights.read().isApprox(3 * one)) << "the samples are copies of the one";
}

TEST_F(TraceSTDPSynapseTest, TakesPConnForTheProbabilityOfAConnection) {
  const auto& W = circuit_.add<TraceSTDPSynapse>(
      "W", {.shape = {50, 50}, .p_conn = 0.3F, .A_plus = 1, .A_minus = 1});
  EXPECT_NEAR(static_cast<float>((W.weights.read() != 0).count()) / 2500, 0.3, 0.05);
}

TEST_F(TraceSTDPSynapseTest, ResetClearsSpikesTracesAndUpdates) {
  auto& W = evolved({});
  const Tensor weights = W.weights.value();
  W.inputs.set(1);
  W.advance_state.run();

  W.reset.run();

  for (const Compartment* c : {&W.inputs, &W.outputs, &W.delayed_inputs, &W.preSpike, &W.postSpike,
                               &W.preTrace, &W.postTrace, &W.dWeights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  EXPECT_EQ(W.weights.value(), weights);
}

TEST_F(TraceSTDPSynapseTest, RefusesAMaskOfAnotherShape) {
  EXPECT_THAT(
      [&] {
        evolved({.weight_mask = Tensor{{1, 2}, std::vector<float>{1, 1}}});
      },
      testing::ThrowsMessage<Error>(
          testing::HasSubstr("W0.weight_mask has shape (1, 2); expected (2, 2), as the weights")));
}

}  // namespace
}  // namespace plexus

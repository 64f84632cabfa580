#include "plexus/components/synapses/competitive/hopfield_synapse.h"

#include <algorithm>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;

class HopfieldSynapseTest : public test::Plasticity {
 protected:
  /// The catalogue's example.
  HopfieldSynapse& example(HopfieldSynapse::Params params) {
    params.shape = {4, 3};
    params.batch_size = 2;
    params.eta = 0.5F;
    params.reg_lambda = 0.01F;
    params.beta = 2;
    params.initial_patterns =
        Tensor{{4, 3}, std::vector<float>{1, 1, -1, 1, -1, 1, -1, 1, 1, 1, 1, 1}};
    auto& W = add<HopfieldSynapse>(std::move(params));
    W.inputs.set({0.9F, 0.8F, -0.7F, 0.6F, -0.5F, 0.2F, 0.4F, 1});
    W.advance_state.run();
    W.evolve.run();
    return W;
  }
};

TEST_F(HopfieldSynapseTest, ReproducesTheCataloguesExamples) {
  const auto& W = example({});
  EXPECT_THAT(W.similarities.values(), near({0, -3, -3.2F, -1.8F, -1.4F, 0}));
  EXPECT_NEAR(W.energy.scalar(), 3.2681227F, 1e-6F);
  EXPECT_THAT(W.weights.values().first(3), near({0.96804893F, 0.99466276F, -0.912382F}));
  EXPECT_THAT(example({.update_rule = "contrastive"}).weights.values().first(3),
              near({0.976314F, 0.9853145F, -0.9112988F}));
}

TEST_F(HopfieldSynapseTest, SharpensTheContrastIfToldTo) {
  EXPECT_NE(example({.update_rule = "contrastive", .scaled_contrast = true}).weights.value(),
            example({.update_rule = "contrastive"}).weights.value());
}

TEST_F(HopfieldSynapseTest, RecallsPatternsFromNoisyProbes) {
  auto& W = add<HopfieldSynapse>(
      {.shape = {64, 10}, .weight_init = init::gaussian(0, 1), .eta = 0, .beta = 2});
  for (auto& w : W.weights.own_values()) w = w > 0 ? 1.0F : -1.0F;
  for (int n = 0; n < 10; ++n) {
    const Array pattern = W.weights.read().col(n).transpose();
    Array probe = pattern;
    probe.leftCols(16) *= -1;  // a quarter of its values
    W.inputs.set(probe);
    W.advance_state.run();
    EXPECT_TRUE(W.outputs.read().isApprox(pattern, 1e-3F)) << n;
  }
}

TEST_F(HopfieldSynapseTest, LowersItsTrueEnergyInEveryRetrieval) {
  auto& W = add<HopfieldSynapse>(
      {.shape = {12, 6}, .weight_init = init::gaussian(0, 1), .eta = 0, .beta = 0.5F});
  W.inputs.set(init::gaussian(0, 1), Key::from_seed(3));
  W.advance_state.run();
  for (int i = 0; i < 20; ++i) {
    const float before = W.energy_true.scalar();
    W.inputs.set(W.outputs.values());
    W.advance_state.run();
    EXPECT_LE(W.energy_true.scalar(), before + 1e-5F) << i;
    EXPECT_GE(W.energy_true.scalar(), -1e-5F);
  }
}

TEST_F(HopfieldSynapseTest, HasOutputsForItsInputsAndASimilarityForEachMemoryFromTheStart) {
  const auto& W = add<HopfieldSynapse>({.shape = {5, 7}, .batch_size = 2, .eta = 0.1F});
  EXPECT_EQ(W.outputs.shape(), (Shape{2, 5}));
  EXPECT_EQ(W.similarities.shape(), (Shape{2, 7}));
  EXPECT_EQ(W.memory_weights.shape(), (Shape{2, 7}));
}

TEST_F(HopfieldSynapseTest, PutsPatternsAmongOtherMemories) {
  const Tensor patterns{{2, 2}, std::vector<float>{10, 20, 30, 40}};
  const auto& W =
      add<HopfieldSynapse>({.shape = {2, 5}, .eta = 0.1F, .initial_patterns = patterns});
  const auto row = W.weights.values().first(5);
  const auto at = std::ranges::find(row, 10.0F) - row.begin();
  ASSERT_LT(at, 5);
  EXPECT_EQ(W.weights.read()(1, at), 30);
  EXPECT_EQ(std::ranges::count(row, 20.0F), 1);
}

TEST_F(HopfieldSynapseTest, MakesRoomForMorePatternsThanItHasColumns) {
  const Tensor patterns{{1, 3}, std::vector<float>{1, 2, 3}};
  const auto& W =
      add<HopfieldSynapse>({.shape = {1, 2}, .eta = 0.1F, .initial_patterns = patterns});
  EXPECT_EQ(W.weights.value(), patterns);
}

TEST_F(HopfieldSynapseTest, ResetKeepsMemoriesAndTick) {
  auto& W = example({});
  const Tensor memories = W.weights.value();
  W.reset.run();
  EXPECT_EQ(W.weights.value(), memories);
  EXPECT_EQ(W.i_tick.scalar(), 1);
  for (const Compartment* c :
       {&W.inputs, &W.outputs, &W.similarities, &W.memory_weights, &W.energy, &W.dWeights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

TEST_F(HopfieldSynapseTest, RefusesPatternsThatDoNotFitByName) {
  const Tensor patterns{{3, 1}, std::vector<float>{1, 2, 3}};
  EXPECT_THAT(test::error_of([&] {
                add<HopfieldSynapse>({.shape = {2, 5}, .eta = 0.1F, .initial_patterns = patterns});
              }),
              HasSubstr("initial_patterns has shape (3, 1); expected (2, n)"));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/competitive/vector_quantize_synapse.h"

#include <cmath>

#include "plexus/components/synapses/static_synapse.h"
#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class VectorQuantizeSynapseTest : public test::Plasticity {
 protected:
  static Tensor prototypes() { return {{2, 3}, std::vector<float>{1, 0, 0.6F, 0, 1, 0.8F}}; }
  static Tensor labels() { return {{2, 3}, std::vector<float>{1, 0, 1, 0, 1, 0}}; }
};

TEST_F(VectorQuantizeSynapseTest, ReproducesTheCataloguesExample) {
  auto& W = add<VectorQuantizeSynapse>({.shape = {2, 3},
                                        .batch_size = 2,
                                        .eta_decrement = 0.01F,
                                        .syn_decay = 0.1F,
                                        .label_dim = 2,
                                        .initial_patterns = {prototypes(), labels()}});
  W.inputs.set({3, 4, 0.1F, 2});
  W.labels.set({0, 1, 0, 1});
  W.advance_state.run();
  EXPECT_THAT(W.outputs.values(), near({0, 0, 1, 0, 1, 0}));
  EXPECT_THAT(W.pred_labels.values(), near({1, 0, 0, 1}));
  W.evolve.run();
  EXPECT_THAT(W.dWeights.values(), near({-0.1F, 0.04993762F, -0.66F, 0, 0.89875233F, -0.88F}));
  EXPECT_THAT(W.weights.values(), near({0.97F, 0.01498129F, 0.402F, 0, 1.2696257F, 0.536F}));
  EXPECT_FLOAT_EQ(W.eta.scalar(), 0.29F);
}

TEST_F(VectorQuantizeSynapseTest, LeavesItsInputsAsTheyAre) {
  auto& source = circuit_.add<StaticSynapse>("source", {.shape = {1, 2}});
  auto& W = add<VectorQuantizeSynapse>({.shape = {2, 3}});
  source.outputs.set({3, 4});
  source.outputs >> W.inputs;
  W.advance_state.run();
  EXPECT_THAT(source.outputs.values(), near({3, 4}, 0));
  EXPECT_THAT(W.xprobe.values(), near({0.6F, 0.8F}));
}

TEST_F(VectorQuantizeSynapseTest, MovesTheWinnerToTheInputsWithTheRuleOfTheLiterature) {
  auto& W = add<VectorQuantizeSynapse>(
      {.shape = {2, 3}, .eta = 0.5F, .initial_patterns = {prototypes()}, .rule = "lvq"});
  W.inputs.set({1, 0.2F});
  for (int i = 0; i < 60; ++i) {
    W.advance_state.run();
    W.evolve.run();
  }
  const float length = std::hypot(1.0F, 0.2F);
  EXPECT_NEAR(W.weights.read()(0, 0), 1 / length, 1e-3F);
  EXPECT_NEAR(W.weights.read()(1, 0), 0.2F / length, 1e-3F);
  EXPECT_EQ(W.weights.read()(1, 1), 1);
}

TEST_F(VectorQuantizeSynapseTest, StaysFiniteForSilentInputs) {
  auto& W = add<VectorQuantizeSynapse>({.shape = {2, 3}});
  W.advance_state.run();
  W.evolve.run();
  EXPECT_TRUE(W.weights.read().isFinite().all());
}

TEST_F(VectorQuantizeSynapseTest, DrawsNoiseOnlyIfToldTo) {
  auto& still = add<VectorQuantizeSynapse>({.shape = {2, 3}});
  auto& shaken = add<VectorQuantizeSynapse>({.shape = {2, 3}, .langevin_noise_scale = 0.1F});
  const Key before = still.key.key(), first = shaken.key.key();
  for (auto* W : {&still, &shaken}) W->evolve.run();
  EXPECT_EQ(still.key.key(), before);
  EXPECT_EQ(shaken.key.key(), split_at(first, 0));
  EXPECT_THAT(still.dWeights.values(), Each(0));
  EXPECT_NE(shaken.dWeights.values()[0], 0);
}

TEST_F(VectorQuantizeSynapseTest, TakesAMinkowskiOrderOnlyWhereThereIsOne) {
  EXPECT_THAT(
      test::error_of([&] {
        add<VectorQuantizeSynapse>({.shape = {2, 3}, .distance_function = {"minkowski", {}}});
      }),
      HasSubstr("distance_function has no order"));
  EXPECT_EQ(test::error_of([&] {
              add<VectorQuantizeSynapse>({.shape = {2, 3}, .distance_function = {"manhattan", {}}});
            }),
            "");
}

TEST_F(VectorQuantizeSynapseTest, RefusesPatternsWithoutTheirLabelsByName) {
  EXPECT_THAT(test::error_of([&] {
                add<VectorQuantizeSynapse>(
                    {.shape = {2, 3}, .label_dim = 2, .initial_patterns = {prototypes()}});
              }),
              HasSubstr("initial_patterns has 1 arrays"));
}

TEST_F(VectorQuantizeSynapseTest, ResetKeepsTheCodebook) {
  auto& W = add<VectorQuantizeSynapse>(
      {.shape = {2, 3}, .label_dim = 2, .initial_patterns = {prototypes(), labels()}});
  W.inputs.set(1);
  W.advance_state.run();
  W.evolve.run();
  const Tensor codebook = W.weights.value();
  W.reset.run();
  EXPECT_EQ(W.weights.value(), codebook);
  EXPECT_EQ(W.label_weights.value(), labels());
  for (const Compartment* c : {&W.inputs, &W.outputs, &W.pred_labels, &W.labels, &W.dWeights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

}  // namespace
}  // namespace plexus

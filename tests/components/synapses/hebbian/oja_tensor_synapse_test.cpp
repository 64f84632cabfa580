#include "plexus/components/synapses/hebbian/oja_tensor_synapse.h"

#include <cmath>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;

class OjaTensorSynapseTest : public test::Plasticity {
 protected:
  /// The catalogue's cable: three streams of two, windows of two, two streams of three.
  OjaTensorSynapse& example(OjaTensorSynapse::Params params) {
    params.n_in_streams = 3;
    params.K_local = 2;
    params.O_local = 3;
    params.P_l = 2;
    params.batch_size = 2;
    const bool block = params.use_block_matrix_format;
    auto& W = add<OjaTensorSynapse>(std::move(params));
    if (!block) {
      auto w = W.weights.own_values();
      for (std::size_t i = 0; i < w.size(); ++i) w[i] = 0.01F * static_cast<float>(i + 1);
    }
    W.pre.set({0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0, 0.1F, 0, -0.1F, 0, 0.1F});
    W.post.set({0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, -0.1F, 0, 0.1F, 0.2F, 0, -0.3F});
    return W;
  }
};

TEST_F(OjaTensorSynapseTest, ReproducesTheCataloguesExample) {
  auto& W = example({});
  const Key before = W.key.key();
  W.evolve.run();
  EXPECT_THAT(W.dWeights.values().first(6),
              near({0.0098F, 0.0192F, 0.027F, 0.0092F, 0.038F, 0.064F}));
  EXPECT_THAT(W.weights.values().first(6),
              near({0.0198F, 0.0392F, 0.057F, 0.0492F, 0.088F, 0.124F}));
  EXPECT_EQ(W.key.key(), split_at(before, 0));
}

TEST_F(OjaTensorSynapseTest, TakesItsRateOnlyIfToldTo) {
  auto& W = example({.eta = 0.5F, .use_eta = true});
  W.evolve.run();
  EXPECT_THAT(W.weights.values().first(3), near({0.0149F, 0.0296F, 0.0435F}));
}

TEST_F(OjaTensorSynapseTest, ScalesItsOutputs) {
  auto& one = example({});
  auto& two = example({.g_conduct_factor = 2});
  for (auto* W : {&one, &two}) {
    W->inputs.set(1);
    W->advance_state.run();
  }
  EXPECT_TRUE(two.outputs.read().isApprox(one.outputs.read() * 2));
}

TEST_F(OjaTensorSynapseTest, LeavesDeadSlotsAlone) {
  auto& W = add<OjaTensorSynapse>(
      {.n_in_streams = 7, .K_local = 1, .O_local = 1, .P_l = 3, .convergent_factor = 0.5F});
  W.pre.set(1);
  W.post.set(1);
  W.evolve.run();
  const Shape& shape = W.weights.shape();  // (P, S, 1, 1): slot 2 of the first window is dead
  EXPECT_EQ(W.dWeights.values()[static_cast<std::size_t>(2 * shape[1])], 0);
  EXPECT_NE(W.dWeights.values()[0], 0);
}

TEST_F(OjaTensorSynapseTest, FindsTheFirstPrincipalComponentAtUnitNorm) {
  constexpr int kInputs = 4;
  auto& W = add<OjaTensorSynapse>({.n_in_streams = 1,
                                   .K_local = kInputs,
                                   .O_local = 1,
                                   .weight_init = init::uniform(-0.3, 0.3),
                                   .eta = 0.002F,
                                   .use_eta = true});
  // Inputs: 3 along (1, 1, 1, 1)/2, 1 in all other directions.
  for (int i = 0; i < 6000; ++i) {
    Array x(1, kInputs);
    Tensor drawn = init::gaussian(0, 1).draw({1, kInputs + 1}, Key::from_seed(i));
    for (int j = 0; j < kInputs; ++j)
      x(0, j) = drawn.floats()[static_cast<std::size_t>(j)] + 1.5F * drawn.floats()[kInputs];
    W.inputs.set(x);
    W.pre.set(x);
    W.advance_state.run();
    W.post.set(W.outputs.values());
    W.evolve.run();
  }
  const auto w = W.weights.values();
  float norm = 0, along = 0;
  for (const float v : w) {
    norm += v * v;
    along += v / 2;
  }
  EXPECT_NEAR(std::sqrt(norm), 1, 0.05);
  EXPECT_NEAR(std::abs(along) / std::sqrt(norm), 1, 0.02);
}

TEST_F(OjaTensorSynapseTest, ResetClearsSignalsAndUpdates) {
  for (const bool block : {false, true}) {
    auto& W = example({.use_block_matrix_format = block});
    W.evolve.run();
    const Tensor learned = W.weights.value();
    W.reset.run();
    EXPECT_EQ(W.weights.value(), learned);
    for (const Compartment* c : {&W.pre, &W.post, &W.dWeights})
      EXPECT_THAT(c->values(), Each(0)) << c->name();
  }
}

}  // namespace
}  // namespace plexus

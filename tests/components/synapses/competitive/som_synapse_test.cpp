#include "plexus/components/synapses/competitive/som_synapse.h"

#include <cmath>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class SOMSynapseTest : public test::Plasticity {};

TEST_F(SOMSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = add<SOMSynapse>({.n_inputs = 15,
                             .n_units_x = 15,
                             .n_units_y = 15,
                             .batch_size = 4,
                             .eta = 0.05F,
                             .neighbor_function = "ricker"});
  W.inputs.set(0.5F);
  W.advance_state.run();
  W.evolve.run();
  EXPECT_NEAR(W.radius.scalar(), 7.4996977F, 1e-6F);
  EXPECT_NEAR(W.eta.scalar(), 0.049999F, 1e-8F);
  EXPECT_EQ(W.i_tick.scalar(), 1);
  EXPECT_EQ(W.delta.shape(), (Shape{4, 15, 225}));
}

TEST_F(SOMSynapseTest, ReproducesTheCataloguesExample) {
  auto& W = add<SOMSynapse>({.n_inputs = 2, .n_units_x = 4, .n_units_y = 4});
  auto w = W.weights.own_values();
  for (std::size_t u = 0; u < 16; ++u) {
    w[u] = 0.1F * static_cast<float>(u);
    w[16 + u] = 0.05F * static_cast<float>(15 - u);
  }
  W.inputs.set({0.62F, 0.41F});
  W.advance_state.run();
  EXPECT_EQ(W.bmu.scalar(), 6);
  EXPECT_NEAR(W.outputs.values()[6], 0.08225805F, 1e-7F);
  W.evolve.run();
  EXPECT_NEAR(W.weights.values()[0], 0.16592771F, 1e-6F);
  EXPECT_NEAR(W.weights.values()[16], 0.6590074F, 1e-6F);
}

TEST_F(SOMSynapseTest, HasRectangularSheets) {
  auto& W = add<SOMSynapse>({.n_inputs = 1, .n_units_x = 2, .n_units_y = 6});
  W.weights.set({9, 9, 9, 9, 9, 9, 9, 9, 0, 9, 9, 9});
  W.advance_state.run();
  EXPECT_EQ(W.bmu.scalar(), 8);  // row 1, column 2
  const float r = W.radius.scalar();
  EXPECT_EQ(r, 3);
  EXPECT_NEAR(W.neighbor_weights.values()[2], std::exp(-1 / (2 * r * r)), 1e-6);  // row 0, column 2
  EXPECT_NEAR(W.neighbor_weights.values()[5], std::exp(-10 / (2 * r * r)),
              1e-6);  // row 0, column 5
}

TEST_F(SOMSynapseTest, KeepsARadiusThatCouldOnlyGrow) {
  for (const int side : {1, 2}) {
    auto& W = add<SOMSynapse>({.n_inputs = 1, .n_units_x = side, .n_units_y = side});
    const float before = W.radius.scalar();
    W.evolve.run();
    EXPECT_EQ(W.radius.scalar(), before) << side;
  }
}

TEST_F(SOMSynapseTest, TakesOtherTimeConstants) {
  auto& W = add<SOMSynapse>(
      {.n_inputs = 1, .n_units_x = 4, .n_units_y = 4, .tau_eta = 10, .tau_radius = 5});
  W.evolve.run();
  EXPECT_FLOAT_EQ(W.eta.scalar(), 0.45F);
  EXPECT_FLOAT_EQ(W.radius.scalar(), 1.6F);
}

TEST_F(SOMSynapseTest, OrdersALineOfInputs) {
  auto& W = add<SOMSynapse>(
      {.n_inputs = 1, .n_units_x = 1, .n_units_y = 8, .tau_eta = 2000, .tau_radius = 400});
  for (int i = 0; i < 3000; ++i) {
    W.inputs.set(std::fmod(static_cast<float>(i) * 0.618034F, 1.0F));
    W.advance_state.run();
    W.evolve.run();
  }
  const auto w = W.weights.values();
  const bool rising = w[1] > w[0];
  for (std::size_t u = 1; u < w.size(); ++u) EXPECT_EQ(w[u] > w[u - 1], rising) << u;
}

TEST_F(SOMSynapseTest, ResetKeepsTheScheduleAndTheMap) {
  auto& W = add<SOMSynapse>({.n_inputs = 2, .n_units_x = 3, .n_units_y = 3});
  W.inputs.set(1);
  W.advance_state.run();
  W.evolve.run();
  const Tensor map = W.weights.value(), radius = W.radius.value();
  W.reset.run();
  EXPECT_EQ(W.weights.value(), map);
  EXPECT_EQ(W.radius.value(), radius);
  for (const Compartment* c : {&W.inputs, &W.outputs, &W.dWeights, &W.delta, &W.neighbor_weights})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

TEST_F(SOMSynapseTest, RefusesWordsThatItDoesNotKnowByName) {
  EXPECT_THAT(test::error_of([&] {
                add<SOMSynapse>(
                    {.n_inputs = 1, .n_units_x = 1, .n_units_y = 1, .distance_function = "far"});
              }),
              HasSubstr("distance_function is 'far'"));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/dense_synapse.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class DenseSynapseTest : public testing::Test {
 protected:
  DenseSynapseTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  Context circuit_{"test", {.seed = 1}};
};

/// The reference's release, with the import that it lacks put in: inputs 1, 2, 3, 4 and key 42.
TEST_F(DenseSynapseTest, ReleasesEachInputByItsOwnChance) {
  auto& W = circuit_.add<DenseSynapse>(
      "W", {.shape = {4, 2}, .weight_init = init::constant(1), .p_release_mean = 0.5F},
      Key::from_seed(42));
  W.inputs.set({1, 2, 3, 4});

  W.advance_state.run();
  EXPECT_THAT(W.delayed_inputs.values(), ElementsAre(0, 0, 3, 4));
  EXPECT_THAT(W.outputs.values(), Each(7));
  W.advance_state.run();
  EXPECT_THAT(W.delayed_inputs.values(), ElementsAre(1, 2, 0, 4));
  W.advance_state.run();
  EXPECT_THAT(W.delayed_inputs.values(), ElementsAre(1, 2, 3, 4));
}

TEST_F(DenseSynapseTest, ReleasesOneInputIfToldTo) {
  auto& W = circuit_.add<DenseSynapse>("W",
                                       {.shape = {4, 2},
                                        .weight_init = init::constant(1),
                                        .p_release_mean = 0.5F,
                                        .one_release = true},
                                       Key::from_seed(42));
  W.inputs.set({1, 2, 3, 4});

  for (const float passed : {2.0F, 3.0F, 2.0F}) {
    W.advance_state.run();
    EXPECT_THAT(W.outputs.values(), Each(passed));
  }
}

TEST_F(DenseSynapseTest, ReleasesWhatTheDelayLineGives) {
  auto& W = circuit_.add<DenseSynapse>("W", {.shape = {50, 1},
                                             .weight_init = init::constant(1),
                                             .p_release_mean = 0.5F,
                                             .max_delay_steps = 1});
  W.inputs.set(1);
  W.advance_state.run();
  EXPECT_THAT(W.delayed_inputs.values(), Each(0)) << "nothing has left the line yet";

  W.inputs.set(0);
  W.advance_state.run();

  EXPECT_NEAR(W.outputs.scalar(), 25, 12);
}

TEST_F(DenseSynapseTest, ResetClearsGateAndDelayLineButNotTheWeights) {
  auto& W = circuit_.add<DenseSynapse>("W", {.shape = {2, 2}, .max_delay_steps = 2});
  const Tensor weights = W.weights.value();
  W.inputs.set(1);
  W.gate.set(0.5F);
  for (int step = 0; step < 3; ++step) W.advance_state.run();

  W.reset.run();

  EXPECT_THAT(W.gate.values(), Each(1));
  for (const Compartment* c : {&W.inputs, &W.outputs, &W.delayed_inputs, &W.input_delay_buffer})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  EXPECT_EQ(W.weights.value(), weights);
}

TEST_F(DenseSynapseTest, TakesOneFactorForAllWeightsAsAMask) {
  auto& W = circuit_.add<DenseSynapse>("W", {.shape = {3, 2},
                                             .weight_init = init::constant(1),
                                             .mask = Tensor{{1, 1}, std::vector<float>{0.5F}}});
  W.inputs.set(2);

  W.advance_state.run();

  EXPECT_THAT(W.outputs.values(), Each(3));
}

TEST_F(DenseSynapseTest, RefusesAMaskOfAnotherShape) {
  EXPECT_THROW(circuit_.add<DenseSynapse>(
                   "W", {.shape = {3, 2}, .mask = Tensor{{1, 2}, std::vector<float>{1, 0}}}),
               Error);
}

}  // namespace
}  // namespace plexus

// A wire gives what held when the method began, also where the method itself writes the wire's
// source.
#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/components/neurons/graded/gaussian_error_cell.h"
#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/patched/patched_synapse.h"
#include "plexus/core/context.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class WireWithinAComponent : public testing::Test {
 protected:
  WireWithinAComponent() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  /// y = x W g, all weights 1.
  DenseSynapse& add_cable(Shape shape, int max_delay_steps = 0) {
    return circuit_.add<DenseSynapse>("W", {.shape = std::move(shape),
                                            .weight_init = init::constant(1),
                                            .max_delay_steps = max_delay_steps});
  }

  Context circuit_{"test", {.seed = 1}};
};

TEST_F(WireWithinAComponent, GivesALaterStageTheOutputsOfTheCallBefore) {
  auto& W = add_cable({1, 1});
  W.outputs >> W.gate;
  W.inputs.set(3);
  W.outputs.set(0.5F);

  W.advance_state.run();
  EXPECT_EQ(W.outputs.scalar(), 1.5F);
  W.advance_state.run();
  EXPECT_EQ(W.outputs.scalar(), 4.5F);
}

TEST_F(WireWithinAComponent, DoesSoThroughOperatorsToo) {
  auto& W = add_cable({1, 1});
  (1 - W.outputs) >> W.gate;
  W.inputs.set(3);
  W.outputs.set(0.5F);

  W.advance_state.run();
  EXPECT_EQ(W.outputs.scalar(), 1.5F);
  W.advance_state.run();
  EXPECT_EQ(W.outputs.scalar(), -1.5F);
}

TEST_F(WireWithinAComponent, GivesAProductTheOutputsThatItReplaces) {
  auto& W = circuit_.add<PatchedSynapse>("W", {.shape = {2, 2}, .weight_init = init::constant(1)});
  W.outputs >> W.inputs;
  W.outputs >> W.post_in;
  W.outputs.set({1, 2});

  W.advance_state.run();

  EXPECT_THAT(W.outputs.values(), Each(3));
  EXPECT_THAT(W.pre_out.values(), Each(3));
}

TEST_F(WireWithinAComponent, GivesADelayLineWhatItReplaces) {
  auto& W = add_cable({1, 1}, 1);
  W.delayed_inputs >> W.inputs;
  W.input_delay_buffer.set(2);
  W.delayed_inputs.set(5);

  W.advance_state.run();

  EXPECT_THAT(W.delayed_inputs.values(), ElementsAre(2));
  EXPECT_THAT(W.input_delay_buffer.values(), ElementsAre(5));
}

TEST_F(WireWithinAComponent, GivesEveryStageTheSamePrediction) {
  auto& e = circuit_.add<GaussianErrorCell>("e", {.n_units = 1});
  e.dmu >> e.mu;
  e.target.set(3);
  e.dmu.set(1);

  e.advance_state.run();
  EXPECT_EQ(e.dmu.scalar(), 2);
  EXPECT_EQ(e.L.scalar(), -2);
}

TEST_F(WireWithinAComponent, IsReadAnewByEveryCallOfTheMethod) {
  auto& W = add_cable({1, 1});
  W.outputs >> W.gate;
  W.inputs.set(2);
  W.outputs.set(1);
  auto& twice = circuit_.process("twice").then(W.advance_state).then(W.advance_state);

  twice.run({});

  EXPECT_EQ(W.outputs.scalar(), 4);
}

}  // namespace
}  // namespace plexus

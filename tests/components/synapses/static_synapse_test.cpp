#include "plexus/components/synapses/static_synapse.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"

namespace plexus {
namespace {

TEST(StaticSynapse, IsTheDenseSynapseByAnotherName) {
  install_compilers();
  Context circuit{"test", {.seed = 1}};
  circuit.verify_accesses(true);
  auto& W = circuit.add<StaticSynapse>("W", {.shape = {2, 2},
                                             .weight_init = init::constant(0.5),
                                             .bias_init = init::constant(0.1),
                                             .g_conduct_factor = 2});
  W.inputs.set({1, 2});
  W.gate.set({1, 0.25F});

  W.advance_state.run();

  EXPECT_EQ(W.type().name, "StaticSynapse");
  EXPECT_THAT(W.outputs.values(), testing::Pointwise(testing::FloatEq(), {3.1F, 0.85F}));
}

}  // namespace
}  // namespace plexus

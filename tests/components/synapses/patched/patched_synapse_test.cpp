#include "plexus/components/synapses/patched/patched_synapse.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/components/synapses/patched/static_patched_synapse.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class PatchedSynapseTest : public testing::Test {
 protected:
  PatchedSynapseTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  PatchedSynapse& add(PatchedSynapse::Params params) {
    return circuit_.add<PatchedSynapse>("W" + std::to_string(next_++), std::move(params));
  }

  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(PatchedSynapseTest, LaysModulesOnTheDiagonal) {
  const auto& W = add({.shape = {4, 6}, .n_sub_models = 2, .weight_init = init::constant(1)});

  EXPECT_THAT(W.weights.values(), ElementsAre(1, 1, 1, 0, 0, 0,  //
                                              1, 1, 1, 0, 0, 0,  //
                                              0, 0, 0, 1, 1, 1,  //
                                              0, 0, 0, 1, 1, 1));
}

TEST_F(PatchedSynapseTest, OverlapsModulesByTheirStrideAndLeavesTheRimEmpty) {
  const auto& W = add({.shape = {4, 4},
                       .n_sub_models = 2,
                       .stride_shape = {1, 1},
                       .weight_init = init::constant(1)});

  EXPECT_THAT(W.weights.values(), ElementsAre(0, 0, 0, 0, 0, 0,  //
                                              0, 1, 1, 1, 0, 0,  //
                                              0, 1, 1, 1, 1, 0,  //
                                              0, 1, 1, 1, 1, 0,  //
                                              0, 0, 1, 1, 1, 0,  //
                                              0, 0, 0, 0, 0, 0));
}

TEST_F(PatchedSynapseTest, DrawsEveryModuleAnew) {
  const auto& W = add({.shape = {4, 4}, .n_sub_models = 2});

  EXPECT_NE(W.weights.read()(0, 0), W.weights.read()(2, 2));
}

TEST_F(PatchedSynapseTest, LetsTheLaterModuleHoldWhereTwoOverlap) {
  const auto& W = add({.shape = {4, 4}, .n_sub_models = 2, .stride_shape = {1, 1}});
  const Key modules = split_at(W.key.key(), 0);

  const Tensor first = init::fan_in_gaussian().draw({4, 4}, split_at(modules, 1));
  const Tensor second = init::fan_in_gaussian().draw({4, 4}, split_at(modules, 2));
  EXPECT_EQ(W.weights.read()(1, 1), first.floats()[1 * 4 + 1]);
  EXPECT_EQ(W.weights.read()(2, 2), second.floats()[0]);
}

TEST_F(PatchedSynapseTest, SendsForwardAndBack) {
  auto& W = add(
      {.shape = {4, 6}, .n_sub_models = 2, .weight_init = init::constant(1), .resist_scale = 2});
  W.inputs.set({1, 2, 3, 4});
  W.post_in.set(1);

  W.advance_state.run();

  EXPECT_THAT(W.outputs.values(), ElementsAre(6, 6, 6, 14, 14, 14));
  EXPECT_THAT(W.pre_out.values(), Each(3)) << "what is sent back is not scaled";
}

TEST_F(PatchedSynapseTest, AddsBiasesAfterTheScale) {
  auto& W = add({.shape = {10, 6},
                 .n_sub_models = 2,
                 .stride_shape = {1, 1},
                 .bias_init = init::constant(0.25),
                 .resist_scale = 3});
  W.inputs.set(1);

  W.advance_state.run();

  const Array expected = W.weights.read().colwise().sum() * 3 + 0.25F;
  EXPECT_TRUE(W.outputs.read().isApprox(expected));
}

TEST_F(PatchedSynapseTest, ThinsModulesByTheProbabilityOfAConnection) {
  const auto& W = add(
      {.shape = {100, 100}, .n_sub_models = 2, .weight_init = init::constant(1), .p_conn = 0.3F});

  const auto weights = W.weights.read();
  EXPECT_NEAR(weights.block(0, 0, 50, 50).mean(), 0.3, 0.05);
  EXPECT_NEAR(weights.block(50, 50, 50, 50).mean(), 0.3, 0.05);
  EXPECT_TRUE((weights.block(0, 50, 50, 50) == 0).all());
}

TEST_F(PatchedSynapseTest, ResetClearsSignalsAndKeepsWhatIsNot) {
  auto& W = add({.shape = {4, 6}, .n_sub_models = 2, .batch_size = 2});
  const Array weights = W.weights.read();
  W.inputs.set(1);
  W.post_in.set(1);
  W.advance_state.run();

  W.reset.run();

  for (const Compartment* c : {&W.inputs, &W.outputs, &W.post_in, &W.pre_out})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  EXPECT_TRUE((W.weights.read() == weights).all());
}

TEST_F(PatchedSynapseTest, ResetLeavesAWiredInputToItsSource) {
  auto& from = add({.shape = {4, 4}});
  auto& to = add({.shape = {4, 4}});
  circuit_.wire(from.outputs, to.inputs);
  from.outputs.set(7);

  to.reset.run();

  EXPECT_THAT(from.outputs.values(), Each(7));
}

TEST_F(PatchedSynapseTest, LeavesOutWhatTheModulesCannotShare) {
  testing::internal::CaptureStderr();
  const auto& W = add({.shape = {10, 5}, .n_sub_models = 2, .stride_shape = {1, 1}});

  EXPECT_EQ(W.weights.shape(), (Shape{12, 6}));
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::HasSubstr("2 modules share 10 x 4 of the shape (10, 5)"));
}

TEST_F(PatchedSynapseTest, RefusesMoreModulesThanInputsOrOutputs) {
  EXPECT_THAT(
      [&] {
        add({.shape = {4, 2}, .n_sub_models = 3});
      },
      testing::ThrowsMessage<Error>(
          testing::HasSubstr("W0.n_sub_models is 3; expected at most 2")));
}

TEST_F(PatchedSynapseTest, IsTheStaticOneByAnotherName) {
  auto& W = add({.shape = {4, 6}, .n_sub_models = 2});
  const auto& twin =
      circuit_.add<StaticPatchedSynapse>("S", {.shape = {4, 6}, .n_sub_models = 2}, W.key.key());

  EXPECT_EQ(twin.type().name, "StaticPatchedSynapse");
  EXPECT_EQ(twin.weights.value(), W.weights.value());
}

}  // namespace
}  // namespace plexus

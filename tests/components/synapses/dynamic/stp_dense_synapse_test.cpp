#include "plexus/components/synapses/dynamic/stp_dense_synapse.h"

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::HasSubstr;

class STPDenseSynapseTest : public test::Plasticity {
 protected:
  STPDenseSynapse& with(STPDenseSynapse::Params params, float w, float U) {
    auto& W = add<STPDenseSynapse>(std::move(params));
    W.weights.set(w);
    W.resources.set(U);
    return W;
  }
  static std::vector<float> outputs(STPDenseSynapse& W, std::initializer_list<float> inputs,
                                    float dt = 1) {
    std::vector<float> out;
    for (const float s : inputs) {
      W.inputs.set(s);
      W.advance_state.run({.dt = dt});
      out.push_back(W.outputs.values()[0]);
    }
    return out;
  }
};

TEST_F(STPDenseSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = with({.shape = {1, 1}}, 1, 1);
  EXPECT_THAT(outputs(W, {0.425F, 0.425F, 0.425F}),
              near({0.07676563F, 0.14312361F, 0.16848785F}, 1e-7F));
}

TEST_F(STPDenseSynapseTest, FacilitatesAndDepresses) {
  auto& W = with({.shape = {1, 3}, .tau_f = 100, .tau_d = 20}, 0.8F, 0.5F);
  EXPECT_THAT(outputs(W, {1, 0, 1, 1}), near({0.4F, 0, 0.311871F, 0.109820314F}));
}

TEST_F(STPDenseSynapseTest, HasOneStateForEachSynapseOfSeveralInputs) {
  auto& W = with({.shape = {2, 2}, .tau_f = 100, .tau_d = 20}, 0.8F, 0.5F);
  auto& alone = with({.shape = {1, 2}, .tau_f = 100, .tau_d = 20}, 0.8F, 0.5F);
  for (const float s : {1.0F, 0.0F, 1.0F}) {
    W.inputs.set({s, 0});
    W.advance_state.run();
    alone.inputs.set(s);
    alone.advance_state.run();
    EXPECT_EQ(W.outputs.value(), alone.outputs.value());
  }
  EXPECT_THAT(W.x.values().last(2), Each(1));  // the silent input is untouched
}

TEST_F(STPDenseSynapseTest, CountsAStepAsAMillisecondUnlessInRealTime) {
  auto& as_reference = with({.shape = {1, 1}}, 1, 0.5F);
  auto& coarse = with({.shape = {1, 1}}, 1, 0.5F);
  auto& real = with({.shape = {1, 1}, .in_real_time = true}, 1, 0.5F);
  EXPECT_EQ(outputs(as_reference, {1, 0, 1}, 5), outputs(coarse, {1, 0, 1}, 1));
  EXPECT_NE(outputs(real, {1, 0, 1}, 5), outputs(coarse, {1, 0, 1}, 1));
  EXPECT_TRUE(coarse.advance_state.keywords().empty());
}

TEST_F(STPDenseSynapseTest, PassesDelayMaskAndGate) {
  auto& W = with(
      {.shape = {1, 2}, .max_delay_steps = 1, .mask = Tensor{{1, 2}, std::vector<float>{1, 0}}}, 1,
      0.5F);
  W.gate.set({2, 2});
  EXPECT_EQ(outputs(W, {1, 0})[0], 0);
  EXPECT_THAT(W.outputs.values(), near({1, 0}));
}

TEST_F(STPDenseSynapseTest, ResetRestoresWhatUseHasChanged) {
  auto& W = with({.shape = {1, 2}}, 1, 0.5F);
  outputs(W, {1, 1});
  W.reset.run();
  EXPECT_THAT(W.u.values(), Each(0));
  EXPECT_THAT(W.x.values(), Each(1));
  EXPECT_THAT(W.Wdyn.values(), Each(0));
  EXPECT_THAT(W.resources.values(), Each(0.5F));
}

TEST_F(STPDenseSynapseTest, RefusesABatchByName) {
  EXPECT_THAT(test::error_of([&] {
                with({.shape = {1, 2}, .batch_size = 2}, 1, 1);
              }),
              HasSubstr("batch_size is 2; expected 1"));
}

}  // namespace
}  // namespace plexus

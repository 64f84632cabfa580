// Cables of few connections, which are held by them: to all but the memory they are whole matrices.

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/dynamic/exponential_synapse.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/normalize.h"
#include "plexus/core/process.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::Pointwise;

const Shape kShape{300, 250};  // large enough

class SparseCableTest : public testing::Test {
 protected:
  SparseCableTest() { install_compilers(); }

  DenseSynapse& cable(const std::string& name, float p_conn, int batch_size = 1) {
    return circuit_.add<DenseSynapse>(name,
                                      {.shape = kShape,
                                       .bias_init = init::constant(0.1),
                                       .p_conn = p_conn,
                                       .batch_size = batch_size},
                                      Key::from_seed(3));
  }
  /// The whole matrix that the parameters draw.
  static std::vector<float> drawn(float p_conn) {
    const auto keys = split(Key::from_seed(3), 4);
    std::vector<float> W(kShape.size()), mask(kShape.size());
    init::uniform(0.025, 0.8).draw(kShape, keys[1], W);
    fill_bernoulli(keys[2], 0, mask, p_conn);
    for (std::size_t i = 0; i < W.size(); ++i) W[i] = mask[i] != 0 ? W[i] : 0;
    return W;
  }
  static std::vector<float> graded(std::size_t n) {
    std::vector<float> x(n);
    fill_normal(Key::from_seed(5), 0, x);
    return x;
  }
  Context circuit_{"test", {.seed = 1}};
};

TEST_F(SparseCableTest, AreHeldByTheirConnectionsWhereTheseAreFew) {
  EXPECT_NE(cable("few", 0.02F).weights.pattern(), nullptr);
  EXPECT_EQ(cable("many", 0.5F).weights.pattern(), nullptr);
  EXPECT_EQ(cable("all", 1).weights.pattern(), nullptr);
  EXPECT_EQ(
      circuit_.add<DenseSynapse>("small", {.shape = {20, 20}, .p_conn = 0.02F}).weights.pattern(),
      nullptr);
}

/// The connections of a synapse that learns are only its first ones.
TEST_F(SparseCableTest, ThatLearnAreHeldWhole) {
  auto& W = circuit_.add<BCMSynapse>(
      "W", {.shape = kShape, .p_conn = 0.02F, .tau_w = 40, .tau_theta = 20});
  EXPECT_EQ(W.weights.pattern(), nullptr);
}

TEST_F(SparseCableTest, CostTheMemoryOfTheirConnections) {
  const auto words = [&] { return circuit_.state().all().size(); };
  const std::size_t before = words();
  auto& W = cable("W", 0.02F);
  EXPECT_LT(words() - before, W.weights.pattern()->size() + 3000);
  EXPECT_NEAR(static_cast<double>(W.weights.pattern()->size()), 1500, 150);
}

TEST_F(SparseCableTest, ReadAsTheWholeMatrixThatIsDrawn) {
  auto& W = cable("W", 0.02F);
  EXPECT_THAT(W.weights.value().floats(), Pointwise(testing::Eq(), drawn(0.02F)));
  EXPECT_THAT(W.weights.values(), Pointwise(testing::Eq(), drawn(0.02F)));
  EXPECT_EQ(circuit_.values().at(W.weights.path()), W.weights.value());
  EXPECT_EQ(W.weights.read().rows(), 300);
}

TEST_F(SparseCableTest, TransmitWhatTheWholeMatrixTransmits) {
  circuit_.verify_accesses(true);
  auto &sparse = cable("sparse", 0.02F, 2), &whole = cable("whole", 1, 2);
  whole.weights.set(drawn(0.02F));
  for (DenseSynapse* W : {&sparse, &whole}) {
    W->inputs.set(graded(600));
    W->advance_state.run();
  }
  EXPECT_THAT(sparse.outputs.values(), Pointwise(FloatNear(1e-5F), whole.outputs.values()));
}

TEST_F(SparseCableTest, HonourASingleFactorOfTheirWeights) {
  auto &half = cable("half", 0.02F), &full = cable("full", 0.02F);
  half.mask.set(0.5F);
  for (DenseSynapse* W : {&half, &full}) {
    W->inputs.set(graded(300));
    W->advance_state.run();
  }
  EXPECT_NEAR((half.outputs.values()[0] - 0.1F) * 2, full.outputs.values()[0] - 0.1F, 1e-5F);
}

TEST_F(SparseCableTest, TakeAWholeMatrixOfTheSameConnections) {
  auto& W = cable("W", 0.02F);
  const SparsePattern* before = W.weights.pattern();
  auto twice = drawn(0.02F);
  for (float& w : twice) w *= 2;

  W.weights.set(twice);

  EXPECT_EQ(W.weights.pattern(), before);
  EXPECT_THAT(W.weights.values(), Pointwise(testing::Eq(), twice));
}

TEST_F(SparseCableTest, TakeOtherConnectionsAndMany) {
  auto& W = cable("W", 0.02F);
  for (const float p : {0.05F, 0.6F}) {
    const auto other = drawn(p);
    W.weights.set(other);
    EXPECT_EQ(W.weights.pattern() != nullptr, p < kSparseShare);
    EXPECT_THAT(W.weights.values(), Pointwise(testing::Eq(), other));

    W.inputs.set(0);
    auto x = W.inputs.own_values();
    x[7] = 1;
    W.advance_state.run();
    EXPECT_FLOAT_EQ(W.outputs.values()[11], other[7 * 250 + 11] + 0.1F) << p;
  }
}

TEST_F(SparseCableTest, TakeOneNumberForAllWeights) {
  auto& W = cable("W", 0.02F);
  W.weights.set(0.0F);
  EXPECT_NE(W.weights.pattern(), nullptr);
  EXPECT_THAT(W.weights.values(), Each(0));
  W.weights.set(0.25F);
  EXPECT_THAT(W.weights.values(), Each(0.25F));
}

TEST_F(SparseCableTest, GiveWiresAndRecordingsTheWholeMatrix) {
  auto &W = cable("W", 0.02F), &tied = cable("tied", 1);
  W.weights >> tied.weights;
  auto& step = circuit_.process("step") >> W.advance_state >> tied.advance_state;
  step.watch(W.weights, tied.weights, W.outputs, tied.outputs);
  W.inputs.set(graded(300));
  tied.inputs.set(graded(300));

  const Recording r = step.scan(2);

  for (const char* name : {"W.weights", "tied.weights"})
    EXPECT_THAT(r[name].row(1), Pointwise(testing::Eq(), drawn(0.02F))) << name;
  EXPECT_THAT(r["tied.outputs"].row(1), Pointwise(FloatNear(1e-5F), r["W.outputs"].row(1)));
}

TEST_F(SparseCableTest, MayBeWiredAWholeMatrix) {
  auto &W = cable("W", 0.02F), &source = cable("source", 1);
  source.weights >> W.weights;
  for (DenseSynapse* one : {&W, &source}) {
    one->inputs.set(graded(300));
    one->advance_state.run();
  }
  EXPECT_THAT(W.outputs.values(), Pointwise(FloatNear(1e-4F), source.outputs.values()));
}

TEST_F(SparseCableTest, ComeBackFromSnapshotsAndValues) {
  auto& W = cable("W", 0.02F);
  const auto snapshot = circuit_.snapshot();
  const auto values = circuit_.values();
  W.weights.set(0.0F);
  circuit_.restore(snapshot);
  EXPECT_THAT(W.weights.values(), Pointwise(testing::Eq(), drawn(0.02F)));

  W.weights.set(0.0F);
  circuit_.merge(values);
  EXPECT_THAT(W.weights.values(), Pointwise(testing::Eq(), drawn(0.02F)));
  EXPECT_NE(W.weights.pattern(), nullptr);
}

TEST_F(SparseCableTest, ConductancesOpenThroughConnectionsAlone) {
  auto& W = circuit_.add<ExponentialSynapse>("W",
                                             {.shape = kShape,
                                              .weight_init = init::constant(0.4),
                                              .p_conn = 0.02F,
                                              .tau_decay = 5,
                                              .g_syn_bar = 1,
                                              .is_nonplastic = false},
                                             Key::from_seed(3));
  EXPECT_NE(W.weights.pattern(), nullptr);
  auto x = W.inputs.own_values();
  x[4] = x[200] = 1;

  W.advance_state.run({.dt = 0.1});

  const auto whole = W.weights.value();
  for (std::size_t j = 0; j < 250; ++j)
    EXPECT_FLOAT_EQ(W.g_syn.values()[j], whole.row(4)[j] + whole.row(200)[j]) << j;
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/competitive/art2a_synapse.h"

#include <filesystem>

#include "plexus/components/synapses/static_synapse.h"
#include "plexus/core/io/array_file.h"
#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;

class ART2ASynapseTest : public test::Plasticity {
 protected:
  ART2ASynapse& example() {
    auto& W = add<ART2ASynapse>(
        {.shape = {3, 4}, .batch_size = 3, .eta = 0.1F, .eta_decrement = 0.01F, .vigilance = 0.8F});
    show(W, {1, 0, 0, 0, 3, 4, 1, 2, 2});
    W.consolidate.run();
    return W;
  }
  static void show(ART2ASynapse& W, std::initializer_list<float> inputs) {
    W.inputs.set(inputs);
    W.advance_state.run();
    W.evolve.run();
  }
};

TEST_F(ART2ASynapseTest, StoresWhatMissesAndRefinesWhatResonates) {
  auto& W = example();
  EXPECT_THAT(W.used.values(), near({1, 1, 1, 0}));
  show(W, {0.9F, 0.1F, 0.2F, 0, 1, 1, -1, 0, 0});
  EXPECT_THAT(W.outputs.values(), near({0.97049493F, 0, 0, 0, 0, 0.98994952F, 0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(W.misses.values(), near({0, 0, 1}));
  EXPECT_NEAR(W.weights.read()(1, 0), 0.00970495F, 1e-7F);
  EXPECT_NEAR(W.weights.read()(2, 1), 0.7923632F, 1e-6F);
  EXPECT_FLOAT_EQ(W.eta.scalar(), 0.08F);
}

TEST_F(ART2ASynapseTest, StoresAMissInTheFirstFreeColumnWhateverItsRow) {
  auto& W = example();
  show(W, {0.9F, 0.1F, 0.2F, 0, 1, 1, -1, 0, 0});
  W.consolidate.run();
  EXPECT_THAT(W.weights.read().col(3), Pointwise(FloatNear(1e-6F), std::vector<float>{-1, 0, 0}));

  W.used.set({1, 0, 1, 1});  // column 1 is given up: what it held is overwritten
  show(W, {0, -1, 0, 1, 0, 0, 1, 0, 0});
  W.consolidate.run();
  EXPECT_THAT(W.weights.read().col(1), Pointwise(FloatNear(1e-6F), std::vector<float>{0, -1, 0}));
}

TEST_F(ART2ASynapseTest, VigilanceDecidesHowMuchIsOneCategory) {
  const auto memories = [&](float vigilance) {
    auto& W = add<ART2ASynapse>({.shape = {2, 16}, .eta = 0, .vigilance = vigilance});
    for (int i = 0; i < 90; ++i) {  // a quarter circle, one degree a sample
      const float angle = static_cast<float>(i) * 3.14159265F / 180;
      show(W, {std::cos(angle), std::sin(angle)});
      W.consolidate.run();
    }
    return W.used.read().sum();
  };
  // A memory covers acos(vigilance) on one side: 45.6, 25.8 and 8.1 degrees.
  EXPECT_EQ(memories(0.7F), 2);
  EXPECT_EQ(memories(0.9F), 4);
  EXPECT_EQ(memories(0.99F), 10);
}

TEST_F(ART2ASynapseTest, StaysFiniteForSilentInputs) {
  auto& W = example();
  show(W, {0, 0, 0, 1, 0, 0, 0, 0, 0});
  W.consolidate.run();
  EXPECT_TRUE(W.weights.read().isFinite().all());
  EXPECT_THAT(W.used.values(), near({1, 1, 1, 0}));
}

TEST_F(ART2ASynapseTest, InsertsAndGrowsAsTheReference) {
  const auto file =
      std::filesystem::path(PLEXUS_SOURCE_DIR) / "tests/golden/ART2ASynapse/insert_and_grow.npz";
  const auto expected = [&](const std::string& name) { return read_array(file, name); };
  auto& W = add<ART2ASynapse>({.shape = {3, 2}, .batch_size = 2, .eta = 0.2F, .vigilance = 0.7F});
  const auto insert = [&](const std::string& step) {
    W.insert(expected(step + ".x").floats(),
             static_cast<int>(expected(step + ".slot").floats()[0]));
    EXPECT_EQ(W.weights.value(), expected(step + ".weights")) << step;
    EXPECT_EQ(W.used.value(), expected(step + ".used")) << step;
  };
  insert("insert_0");
  insert("insert_1");
  W.grow(2);
  EXPECT_EQ(W.weights.value(), expected("grow.weights"));
  EXPECT_EQ(W.used.value(), expected("grow.used"));
  EXPECT_EQ(W.dWeights.value(), expected("grow.dWeights"));
  insert("insert_last");
  W.inputs.set(expected("probe.inputs"));
  W.advance_state.run();
  W.evolve.run();
  const auto close = [](const Compartment& c, const Tensor& value) {
    EXPECT_EQ(c.shape(), value.shape);
    EXPECT_THAT(c.values(), Pointwise(FloatNear(1e-6F), value.floats())) << c.name();
  };
  close(W.outputs, expected("probe.outputs"));
  close(W.weights, expected("learnt.weights"));
  close(W.misses, expected("learnt.misses"));
  W.reset.run();
  EXPECT_THAT(W.outputs.values(), Each(0));
}

TEST_F(ART2ASynapseTest, RefusesToGrowWhatIsWired) {
  auto& W = example();
  auto& next = circuit_.add<StaticSynapse>("next", {.shape = {4, 1}, .batch_size = 3});
  W.outputs >> next.inputs;
  EXPECT_THAT(test::error_of([&] { W.grow(1); }), HasSubstr("cannot grow"));
  EXPECT_THAT(test::error_of([&] { W.grow(0); }), HasSubstr("expected an integer > 0"));
  EXPECT_THAT(test::error_of([&] {
                W.insert(std::vector<float>{1, 0, 0}, 9);
              }),
              HasSubstr("column 9"));
  EXPECT_THAT(test::error_of([&] {
                W.insert(std::vector<float>{1, 0}, 0);
              }),
              HasSubstr("2 values; expected 3"));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/sparse/sparse_tensor_synapse.h"

#include <algorithm>
#include <numeric>

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;

class SparseTensorSynapseTest : public test::Plasticity {
 protected:
  /// The catalogue's cable: three streams of two, windows of two, two streams of three.
  static SparseTensorSynapse::Params example() {
    return {.n_in_streams = 3, .K_local = 2, .O_local = 3, .P_l = 2};
  }
  /// W_i = scale (first + i).
  static void count_up(Compartment& c, float scale, float first) {
    auto values = c.own_values();
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = scale * (first + static_cast<float>(i));
  }
};

TEST_F(SparseTensorSynapseTest, ReproducesTheCataloguesExample) {
  auto params = example();
  params.g_conduct_factor = 0.5F;
  params.batch_size = 2;
  auto& W = add<SparseTensorSynapse>(params);
  count_up(W.weights, 0.1F, 1);
  W.inputs.set({1, 2, 3, 4, 5, 6, 0, 1, 0, -1, 0, 1});

  W.advance_state.run();

  EXPECT_THAT(
      W.outputs.values(),
      Pointwise(FloatNear(1e-5F), std::vector<float>{5.6F, 6.1F, 6.6F, 14.4F, 15.3F, 16.2F, -0.6F,
                                                     -0.6F, -0.6F, 0.6F, 0.6F, 0.6F}));
}

/// The reference scatters dead slots onto the last stream.
TEST_F(SparseTensorSynapseTest, TransmitsTheSameInBothFormats) {
  const auto cable = [&](bool block, bool inverted) -> SparseTensorSynapse& {
    Context& circuit = circuit_.context(block ? "block" : "tensor");
    return circuit.add<SparseTensorSynapse>(inverted ? "back" : "forth",
                                            {.n_in_streams = 7,
                                             .K_local = 2,
                                             .O_local = 3,
                                             .P_l = 3,
                                             .convergent_factor = 0.5F,
                                             .invert_conn = inverted,
                                             .normalize = true,
                                             .use_block_matrix_format = block});
  };
  for (const bool inverted : {false, true}) {
    auto &tensor = cable(false, inverted), &block = cable(true, inverted);
    // One key for both: the draw is the same.
    auto held = block.weights.held_values();
    EXPECT_EQ(block.weights.shape(), (Shape{tensor.n_pre.extent, tensor.n_post.extent}));
    EXPECT_LT(held.size(), block.weights.shape().size());
    for (auto* W : {&tensor, &block}) {
      auto x = W->inputs.own_values();
      std::iota(x.begin(), x.end(), 1.0F);
      EXPECT_EQ(W->norm_trigger.values()[0], 1);
    }
    // The norms of the weights from a unit to a stream are 1 in both.
    const auto w = tensor.weights.values();
    const auto O = static_cast<std::size_t>(tensor.O.extent);
    for (std::size_t i = 0; i < w.size(); i += O) {
      float squares = 0;
      for (std::size_t o = 0; o < O; ++o) squares += w[i + o] * w[i + o];
      EXPECT_NEAR(squares, 1, 1e-5F);
    }
    float squares = 0;
    for (const float v : held) squares += v * v;
    EXPECT_NEAR(squares, static_cast<float>(held.size() / O), 1e-3F);

    // Give the matrix the tensor's weights, block by block.
    Tensor matrix{block.weights.shape(), std::vector<float>(block.weights.shape().size())};
    const StreamMap forward =
        StreamMap::forward({.n_in_streams = 7, .width = 3, .convergent_factor = 0.5F});
    const StreamMap map = inverted ? forward.inverted() : forward;
    const auto K = static_cast<std::size_t>(tensor.K.extent);
    const auto S = static_cast<std::size_t>(tensor.S.extent);
    for (int p = 0; p < map.slots(); ++p)
      for (int s = 0; s < map.outputs(); ++s) {
        if (map.at(s, p) == StreamMap::kDead) continue;
        for (std::size_t k = 0; k < K; ++k)
          for (std::size_t o = 0; o < O; ++o)
            matrix.floats()[(static_cast<std::size_t>(map.at(s, p)) * K + k) * S * O +
                            static_cast<std::size_t>(s) * O + o] =
                w[((static_cast<std::size_t>(p) * S + static_cast<std::size_t>(s)) * K + k) * O +
                  o];
      }
    block.weights.set(matrix);
    tensor.advance_state.run();
    block.advance_state.run();
    EXPECT_THAT(block.outputs.values(), Pointwise(FloatNear(1e-4F), tensor.outputs.values()));
  }
}

/// The reference draws one bias a stream, which fits no output of more than one unit.
TEST_F(SparseTensorSynapseTest, HasABiasForEveryOutput) {
  auto params = example();
  params.bias_init = init::constant(0.25);
  auto& W = add<SparseTensorSynapse>(params);
  W.advance_state.run();
  EXPECT_EQ(W.biases.shape(), (Shape{1, 6}));
  EXPECT_THAT(W.outputs.values(), Each(0.25F));
}

TEST_F(SparseTensorSynapseTest, TiesAnInvertedCableToItsForwardOne) {
  auto params =
      SparseTensorSynapse::Params{.n_in_streams = 4, .K_local = 2, .O_local = 3, .P_l = 2};
  auto& forward = add<SparseTensorSynapse>(params);
  params.invert_conn = true;
  auto& back = add<SparseTensorSynapse>(params);
  count_up(forward.weights, 1, 0);
  forward.weights >> back.weight_transpose_target;

  back.tie_transpose_weights->run();

  EXPECT_EQ(back.weights.shape(), (Shape{2, 4, 3, 2}));
  const auto block = [&](std::size_t q, std::size_t i) {
    return back.weights.values().subspan((q * 4 + i) * 6, 6);
  };
  EXPECT_THAT(block(1, 1), testing::ElementsAre(6, 9, 7, 10, 8, 11));
  EXPECT_THAT(block(0, 0), testing::ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_THAT(block(1, 0), Each(0));
  EXPECT_THAT(block(1, 3), Each(0));
}

TEST_F(SparseTensorSynapseTest, KeepsItsFirstWeightsAndResetsSignalsOnly) {
  auto& W = add<SparseTensorSynapse>(example());
  EXPECT_EQ(W.initial_weights.value(), W.weights.value());
  W.inputs.set(1);
  W.advance_state.run();
  const Tensor before = W.weights.value();

  W.reset.run();

  EXPECT_THAT(W.inputs.values(), Each(0));
  EXPECT_THAT(W.outputs.values(), Each(0));
  EXPECT_EQ(W.weights.value(), before);
}

TEST_F(SparseTensorSynapseTest, ConnectsByProbability) {
  auto& W = add<SparseTensorSynapse>(
      {.n_in_streams = 20, .K_local = 10, .O_local = 10, .P_l = 3, .p_conn = 0.3F});
  const auto w = W.weights.values();
  const auto connected =
      static_cast<float>(w.size() - static_cast<std::size_t>(std::count(w.begin(), w.end(), 0.0F)));
  EXPECT_NEAR(connected / static_cast<float>(w.size()), 0.3F, 0.03F);
}

TEST_F(SparseTensorSynapseTest, WarnsOfANormAxis) {
  auto params = example();
  params.norm_axis = 0;
  testing::internal::CaptureStderr();
  add<SparseTensorSynapse>(params);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("norm_axis has no effect"));
}

TEST_F(SparseTensorSynapseTest, RefusesAWindowWiderThanAllStreams) {
  auto params = example();
  params.P_l = 4;
  EXPECT_THAT(test::error_of([&] { add<SparseTensorSynapse>(params); }), HasSubstr("P_l"));
}

}  // namespace
}  // namespace plexus

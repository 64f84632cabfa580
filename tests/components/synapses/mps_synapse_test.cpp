#include "plexus/components/synapses/mps_synapse.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/io/npz.h"

namespace plexus {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

constexpr float kTolerance = 1e-5F;  // of the largest magnitude in an array

class MPSSynapseTest : public testing::Test {
 protected:
  MPSSynapseTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  /// 3 -> 2 with a bond of 2 and given cores.
  MPSSynapse& small() {
    auto& W = circuit_.add<MPSSynapse>("W", {.shape = {3, 2}, .bond_dim = 2});
    W.core1.set({1, 0.5F, 0, -1, 2, 0.25F});
    W.core2.set({1, 0.5F, -1, 2});
    return W;
  }
  Context circuit_{"test", {.seed = 1}};
};

float largest(std::span<const float> values) {
  float most = 0;
  for (const float v : values) most = std::max(most, std::abs(v));
  return most;
}

TEST_F(MPSSynapseTest, TransmitsThroughBothCoresAndClimbsWithTheOldOnes) {
  MPSSynapse& W = small();
  W.inputs.set({1, 2, 3});
  W.advance_state.run();
  EXPECT_THAT(W.outputs.values(), ElementsAre(7.75F, 2));

  W.pre.set({1, 2, 3});
  W.post.set({0.5F, -1});
  W.evolve.run({.more = {{"eta", 0.1F}}});

  EXPECT_THAT(W.core1.values(),
              Pointwise(FloatNear(1e-6F), std::vector<float>{1, 0.25F, 0, -1.5F, 2, -0.5F}));
  EXPECT_THAT(W.core2.values(),
              Pointwise(FloatNear(1e-6F), std::vector<float>{1.35F, -0.2F, -1.0375F, 2.075F}));
}

TEST_F(MPSSynapseTest, LearnsAtAHundredthUnlessToldARate) {
  MPSSynapse& W = small();
  W.pre.set({1, 0, 0});
  W.post.set({1, 0});

  W.evolve.run();

  EXPECT_THAT(W.core2.values(),
              Pointwise(FloatNear(1e-6F), std::vector<float>{1.01F, 0.5F, -0.995F, 2}));
}

/// The reference contracts the wrong axis, and returns 5.
TEST_F(MPSSynapseTest, ProjectsAnErrorBackThroughTheTransposedCores) {
  auto& W = circuit_.add<MPSSynapse>("W", {.shape = {1, 2}, .bond_dim = 1});
  W.core1.set(1);
  W.core2.set({2, 3});

  EXPECT_THAT(W.project_backward({{1, 2}, std::vector<float>{1, 0}}).floats(), ElementsAre(2));
}

TEST_F(MPSSynapseTest, SplitsAndProjectsAsTheTablesHaveIt) {
  const auto tables = read_npz(PLEXUS_SOURCE_DIR "/tests/golden/MPSSynapse/tables.npz");
  const auto table = [&](const std::string& name) -> const Tensor& {
    return std::ranges::find(tables, name, &NamedArrays::value_type::first)->second;
  };
  int cases = 0;
  for (const auto& [name, assigned] : tables) {
    constexpr std::string_view kPrefix = "assigned_";
    if (!name.starts_with(kPrefix)) continue;
    const std::string of = name.substr(kPrefix.size());
    SCOPED_TRACE(of);
    ++cases;
    auto& W = circuit_.add<MPSSynapse>(
        "W_" + of,
        {.shape = assigned.shape, .bond_dim = std::stoi(of.substr(of.find("_bond") + 5))});

    W.set_weights(assigned);

    const Tensor& read = table("read_" + of);
    EXPECT_THAT(W.weights().floats(),
                Pointwise(FloatNear(kTolerance * largest(read.floats())), read.floats()));
    // The terms of a projection may cancel: they are as large as the error times the weights.
    const Tensor &projected = table("projected_" + of), &error = table("error_" + of);
    const float terms = largest(error.floats()) * largest(read.floats());
    EXPECT_THAT(W.project_backward(error).floats(),
                Pointwise(FloatNear(kTolerance * std::max(terms, largest(projected.floats()))),
                          projected.floats()));
  }
  EXPECT_GT(cases, 0);
}

/// The reference's cores shrink to the rank of the matrix.
TEST_F(MPSSynapseTest, KeepsTheExtentsOfItsCoresWhenAMatrixIsAssigned) {
  auto& W = circuit_.add<MPSSynapse>("W", {.shape = {3, 2}, .bond_dim = 4});

  W.set_weights({{3, 2}, std::vector<float>{1, 2, 3, 4, 5, 6}});

  EXPECT_EQ(W.core1.shape(), (Shape{1, 3, 4}));
  EXPECT_EQ(W.core2.shape(), (Shape{4, 2, 1}));
  EXPECT_THAT(W.weights().floats(),
              Pointwise(FloatNear(1e-5F), std::vector<float>{1, 2, 3, 4, 5, 6}));
  for (int i = 0; i < 3; ++i)
    EXPECT_THAT(W.core1.values().subspan(static_cast<std::size_t>(i) * 4 + 2, 2),
                ElementsAre(0, 0));
}

TEST_F(MPSSynapseTest, ResetClearsSignalsAndKeepsTheCores) {
  MPSSynapse& W = small();
  const Tensor C1 = W.core1.value(), C2 = W.core2.value();
  for (Compartment* c : {&W.inputs, &W.pre, &W.post}) c->set(1);
  W.advance_state.run();

  W.reset.run();

  for (const Compartment* c : {&W.inputs, &W.outputs, &W.pre, &W.post})
    EXPECT_THAT(c->values(), testing::Each(0)) << c->label();
  EXPECT_EQ(W.core1.value(), C1);
  EXPECT_EQ(W.core2.value(), C2);
}

TEST_F(MPSSynapseTest, RefusesShapesThatDoNotFit) {
  MPSSynapse& W = small();
  EXPECT_THROW(circuit_.add<MPSSynapse>("V", {.shape = {3}}), Error);
  EXPECT_THROW(W.set_weights({{2, 3}, std::vector<float>(6)}), Error);
  EXPECT_THROW(static_cast<void>(W.project_backward({{1, 3}, std::vector<float>(3)})), Error);
}

}  // namespace
}  // namespace plexus

#include "plexus/components/synapses/hebbian/hebbian_synapse.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatEq;
using testing::FloatNear;
using testing::Pointwise;

class HebbianSynapseTest : public testing::Test {
 protected:
  HebbianSynapseTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  /// A 2 -> 2 synapse with known weights and statistics, a batch of two, eta 0.1.
  HebbianSynapse& add(HebbianSynapse::Params params) {
    params.shape = {2, 2};
    params.eta = 0.1F;
    params.batch_size = 2;
    auto& W = circuit_.add<HebbianSynapse>("W" + std::to_string(next_++), std::move(params));
    W.weights.set({0.5F, -0.25F, 0.1F, 0.8F});
    W.pre.set({1, 0.5F, 0, 2});
    W.post.set({0.25F, -0.5F, 1, 0.75F});
    return W;
  }
  HebbianSynapse& evolved(HebbianSynapse::Params params, int times = 1) {
    auto& W = add(std::move(params));
    for (int i = 0; i < times; ++i) W.evolve.run({.dt = 1});
    return W;
  }
  static auto near(std::initializer_list<float> values) {
    return Pointwise(FloatNear(1e-6F), std::vector<float>(values));
  }

  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(HebbianSynapseTest, ReproducesTheReferencesOwnTest) {
  auto& W = circuit_.add<HebbianSynapse>("W", {.shape = {10, 5}, .prior = {"gaussian", {0.01F}}});
  W.weights.set(0.5F);
  W.pre.set(1);
  W.post.set(0.75F);

  W.evolve.run({.dt = 1});

  EXPECT_EQ(W.weights.read()(0, 0), 0.5F) << "eta is 0";
  EXPECT_FLOAT_EQ(W.dWeights.read()(0, 0), 0.37F);
}

TEST_F(HebbianSynapseTest, DescendsUnlessToldOtherwise) {
  auto& W = add({});
  W.evolve.run({.dt = 1});
  EXPECT_THAT(W.dWeights.values(), near({0.125F, -0.375F, 1.9125F, 0.25F}));
  EXPECT_THAT(W.weights.values(), near({0.4875F, -0.2125F, -0.09125F, 0.775F}));

  for (int i = 0; i < 2; ++i) W.evolve.run({.dt = 1});
  EXPECT_THAT(W.weights.values(), near({0.4615547F, -0.13178125F, -0.43643302F, 0.7152344F}));
}

TEST_F(HebbianSynapseTest, ClimbsWithANegativeSign) {
  EXPECT_THAT(evolved({.sign_value = -1}).weights.values(),
              near({0.5125F, -0.2875F, 0.29125F, 0.825F}));
  EXPECT_THAT(evolved({.sign_value = -1}, 3).weights.values(),
              near({0.5365703F, -0.35696876F, 0.56046426F, 0.8660156F}));
}

TEST_F(HebbianSynapseTest, HasNoBoundAtZero) {
  EXPECT_THAT(evolved({.w_bound = 0}).weights.values(), near({0.475F, -0.2F, -0.1125F, 0.675F}));
  EXPECT_THAT(evolved({.w_bound = 0, .is_nonnegative = true}).weights.values(),
              near({0.475F, -0.2F, -0.1125F, 0.675F}));
}

TEST_F(HebbianSynapseTest, IsPulledByItsPrior) {
  EXPECT_THAT(evolved({.prior = {"l2", {0.1F}}}).weights.values(),
              near({0.4925F, -0.215F, -0.09025F, 0.783F}));
  EXPECT_THAT(evolved({.prior = {"lasso", {0.1F}}}).weights.values(),
              near({0.4975F, -0.2225F, -0.08125F, 0.785F}));
  EXPECT_THAT(evolved({.prior = {"elastic_net", {0.1F, 0.3F}}}).weights.values(),
              near({0.49225F, -0.216375F, -0.0879F, 0.7808F}));
}

TEST_F(HebbianSynapseTest, KnowsEachPriorByAllItsNames) {
  const auto weights = [&](const char* name, std::vector<float> values) {
    return evolved({.prior = {name, std::move(values)}}).weights.value();
  };
  EXPECT_EQ(weights("ridge", {0.1F}), weights("l2", {0.1F}));
  EXPECT_EQ(weights("gaussian", {0.1F}), weights("l2", {0.1F}));
  EXPECT_EQ(weights("lasso", {0.1F}), weights("l1", {0.1F}));
  EXPECT_EQ(weights("laplacian", {0.1F}), weights("l1", {0.1F}));
  EXPECT_EQ(weights("elastic_net", {0.1F, 0.3F}), weights("l1l2", {0.1F, 0.3F}));
  EXPECT_EQ(weights("none", {}), weights("constant", {5}));
}

TEST_F(HebbianSynapseTest, TakesWDecayForAnL2Prior) {
  EXPECT_EQ(evolved({.w_decay = 0.1F}).weights.value(),
            evolved({.prior = {"l2", {0.1F}}}).weights.value());
  EXPECT_EQ(evolved({.prior = {"l1", {0.5F}}, .w_decay = 0.1F}).weights.value(),
            evolved({.prior = {"l2", {0.1F}}}).weights.value());
  EXPECT_EQ(evolved({.w_decay = -0.1F}).weights.value(), evolved({}).weights.value());
}

TEST_F(HebbianSynapseTest, RefusesAWordThatIsNoPriorOrOptimiser) {
  const auto refuses = [&](HebbianSynapse::Params params, const char* problem) {
    EXPECT_THAT([&] { add(std::move(params)); },
                testing::ThrowsMessage<Error>(testing::HasSubstr(problem)));
  };
  refuses({.optim_type = "sdg"}, "optim_type is 'sdg'; expected one of sgd, nag, adam");
  refuses({.prior = {"rigde", {1}}}, "did you mean 'ridge'?");
}

TEST_F(HebbianSynapseTest, HasARowOfBiasChangesFromTheStart) {
  EXPECT_EQ(add({}).dBiases.shape(), (Shape{1, 2}));
}

TEST_F(HebbianSynapseTest, TakesNoKeywords) {
  auto& W = add({});
  EXPECT_THAT(W.evolve.keywords(), testing::IsEmpty());
  EXPECT_NO_THROW(W.evolve.run());
}

TEST_F(HebbianSynapseTest, CountsItsStepsInIntegers) {
  auto& W = evolved({.optim_type = "adam"}, 3);
  EXPECT_EQ(W.optimiser.step->options().dtype, DType::uint32);
  EXPECT_EQ(W.optimiser.step->own_words()[0], 3U);
}

TEST_F(HebbianSynapseTest, RefusesAPriorWithoutItsNumbers) {
  EXPECT_THAT(
      [&] {
        add({.prior = {"elastic_net", {0.1F}}});
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr(
          "W0.prior has 1 numbers; expected [elastic_net, [lambda, ratio of l1]]")));
  EXPECT_THAT(
      [&] {
        add({.prior = {"l3", {0.1F}}});
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr("W1.prior is 'l3'")));
}

TEST_F(HebbianSynapseTest, ClipsToTheSideItMayUse) {
  const auto& W = add({.is_nonnegative = true});
  auto& evolving = evolved({.is_nonnegative = true});
  EXPECT_THAT(evolving.weights.values(), near({0.4875F, 0, 0, 0.775F}));
  EXPECT_LT(W.weights.read().minCoeff(), 0) << "nothing is clipped before the first evolve";
}

TEST_F(HebbianSynapseTest, WeighsItsFactors) {
  EXPECT_THAT(evolved({.pre_wght = 2, .post_wght = 0.25F}).weights.values(),
              near({0.49375F, -0.23125F, 0.0043750033F, 0.7875F}));
}

TEST_F(HebbianSynapseTest, StepsByNesterovsMomentum) {
  EXPECT_EQ(evolved({.optim_type = "nag"}).weights.value(), evolved({}).weights.value());
  EXPECT_THAT(evolved({.optim_type = "nag"}, 2).weights.values(),
              near({0.46315628F, -0.13768749F, -0.45815778F, 0.72156256F}));
  EXPECT_THAT(evolved({.optim_type = "nag"}, 3).weights.values(),
              near({0.4272781F, -0.023874037F, -0.83334506F, 0.6326524F}));
}

TEST_F(HebbianSynapseTest, StepsByAdam) {
  EXPECT_THAT(evolved({.optim_type = "adam"}).weights.values(),
              near({0.4000007F, -0.15000066F, 6.7055225e-7F, 0.70000064F}));
  EXPECT_THAT(evolved({.optim_type = "adam"}, 2).weights.values(),
              near({0.2999404F, -0.049871214F, -0.1001341F, 0.6009209F}));
  EXPECT_THAT(evolved({.optim_type = "adam"}, 3).weights.values(),
              near({0.19970733F, 0.050483428F, -0.19999257F, 0.50218046F}));
}

TEST_F(HebbianSynapseTest, TrainsBiasesByTheSumOverTheBatch) {
  auto& W = add({.bias_init = init::constant(0.1)});
  for (const auto& expected : {std::vector{-0.025F, 0.075F}, {-0.15F, 0.05F}, {-0.275F, 0.025F}}) {
    W.evolve.run({.dt = 1});
    EXPECT_THAT(W.dBiases.values(), ElementsAre(1.25F, 0.25F));
    EXPECT_THAT(W.biases.values(), Pointwise(FloatNear(1e-6F), expected));
  }
}

TEST_F(HebbianSynapseTest, LooksAtTheSumOverTheBatchWithoutBiasesToo) {
  const auto& W = evolved({});
  EXPECT_THAT(W.dBiases.values(), ElementsAre(1.25F, 0.25F));
  EXPECT_EQ(W.biases.scalar(), 0);
}

TEST_F(HebbianSynapseTest, GivesBiasesTheOptimiserButNoPriorAndNoBound) {
  const auto& W =
      evolved({.bias_init = init::constant(3), .prior = {"l2", {10}}, .optim_type = "adam"});
  EXPECT_THAT(W.biases.values(), Each(FloatNear(2.9F, 1e-4F)));
}

TEST_F(HebbianSynapseTest, CalculatesAnUpdateWithoutMakingIt) {
  const HebbianSynapse::Params params{
      .bias_init = init::constant(0.1), .prior = {"l2", {0.1F}}, .optim_type = "adam"};
  auto& W = add(params);
  const Tensor weights = W.weights.value();

  W.calc_update.run();

  EXPECT_EQ(W.weights.value(), weights);
  EXPECT_THAT(W.biases.values(), Each(0.1F));
  auto& twin = add(params);
  twin.evolve.run();
  EXPECT_EQ(W.dWeights.value(), twin.dWeights.value());
  EXPECT_EQ(W.dBiases.value(), twin.dBiases.value());

  W.evolve.run();
  EXPECT_EQ(W.weights.value(), twin.weights.value()) << "the optimiser has made one step, not two";
}

TEST_F(HebbianSynapseTest, KeepsMaskedWeightsAtZero) {
  const auto& W = evolved({.mask = Tensor{{2, 2}, std::vector<float>{1, 0, 0, 1}}});
  EXPECT_THAT(W.weights.values(), near({0.4875F, 0, 0, 0.775F}));
  EXPECT_NE(W.dWeights.read()(0, 1), 0);
}

TEST_F(HebbianSynapseTest, KeepsTheOptimisersStateThroughAReset) {
  for (const char* optimiser : {"nag", "adam"}) {
    auto &plain = evolved({.optim_type = optimiser}, 3), &reset = add({.optim_type = optimiser});
    const Tensor pre = reset.pre.value(), post = reset.post.value();
    reset.evolve.run({.dt = 1});
    reset.evolve.run({.dt = 1});
    reset.reset.run();
    reset.pre.set(pre);
    reset.post.set(post);
    reset.evolve.run({.dt = 1});

    EXPECT_EQ(reset.weights.value(), plain.weights.value()) << optimiser;
  }
}

TEST_F(HebbianSynapseTest, PutsTheOptimisersStateBackWithTheRest) {
  auto& W = evolved({.optim_type = "adam"}, 5);
  const Snapshot before = circuit_.snapshot();
  W.evolve.run({.dt = 1});
  const Tensor once = W.weights.value();

  circuit_.restore(before);
  W.evolve.run({.dt = 1});

  EXPECT_EQ(W.weights.value(), once);
}

TEST_F(HebbianSynapseTest, ResetClearsSignalsAndUpdatesAndKeepsWhatWasLearned) {
  auto& W = evolved({.bias_init = init::constant(0.1)});
  const Tensor weights = W.weights.value(), biases = W.biases.value();
  W.gate.set(0.5F);

  W.reset.run();

  for (const Compartment* c : {&W.inputs, &W.outputs, &W.pre, &W.post, &W.dWeights, &W.dBiases})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  EXPECT_THAT(W.gate.values(), Each(1));
  EXPECT_EQ(W.weights.value(), weights);
  EXPECT_EQ(W.biases.value(), biases);
}

TEST_F(HebbianSynapseTest, ResetLeavesAWiredFactorToItsSource) {
  auto &from = add({}), &to = add({});
  circuit_.wire(from.outputs, to.pre);
  from.outputs.set(7);

  to.reset.run();

  EXPECT_THAT(from.outputs.values(), Each(7));
}

TEST_F(HebbianSynapseTest, SumsOverABatchThatGrew) {
  auto& W = add({.bias_init = init::constant(0)});
  circuit_.set_batch_size(6);
  W.pre.set(1);
  W.post.set(0.5F);

  W.evolve.run({.dt = 1});

  EXPECT_THAT(W.dBiases.values(), Each(3));
}

TEST_F(HebbianSynapseTest, DoublesWithUnitRateAsTheTutorialDoes) {
  auto& W = circuit_.add<HebbianSynapse>("W", {.shape = {1, 1},
                                               .weight_init = init::constant(1),
                                               .eta = 1,
                                               .w_bound = 0,
                                               .sign_value = -1});
  std::vector<float> weights;
  for (const float x : {1.0F, 1.0F, 0.0F, 0.0F, 1.0F}) {
    W.inputs.set(x);
    W.pre.set(x);
    W.advance_state.run();
    W.post.set(W.outputs.scalar());
    W.evolve.run({.dt = 1});
    weights.push_back(W.weights.scalar());
  }
  EXPECT_THAT(weights, ElementsAre(2, 4, 4, 4, 8));
}

}  // namespace
}  // namespace plexus

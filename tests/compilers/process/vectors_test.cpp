// The conformance vectors of the reference runtime (section 18 of its description), in their fixed
// form.

#include <gmock/gmock.h>

#include "plexus/components/neurons/graded/rate_cell.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/components/synapses/hebbian/hebbian_synapse.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Vectors : public testing::Test {
 protected:
  Vectors() { install_compilers(); }

  /// What a run's watches gave, each a single number.
  static std::vector<float> numbers(const RunResult& result) {
    std::vector<float> all;
    for (const Tensor& t : result.watched) all.push_back(t.floats()[0]);
    return all;
  }
  Context circuit_{"v", {.seed = 1}};
};

TEST_F(Vectors, V1AWireFromALaterStepIsADelayOfOneStep) {
  auto& src = circuit_.add<Src>("src", {});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& p = circuit_.process("p") >> snk.advance >> src.advance;
  p.watch(src.x, snk.out);

  EXPECT_THAT(numbers(p.run({.t = 0, .dt = 1})), ElementsAre(3, 10));
  EXPECT_THAT(numbers(p.run({.t = 0, .dt = 1})), ElementsAre(5, 30));
}

TEST_F(Vectors, V1AWireFromAnEarlierStepIsInstantaneous) {
  auto& src = circuit_.add<Src>("src", {});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  p.watch(src.x, snk.out);

  EXPECT_THAT(numbers(p.run({.t = 0, .dt = 1})), ElementsAre(3, 30));
}

TEST_F(Vectors, V1ChainsMayEndInAReset) {
  auto& src = circuit_.add<Src>("src", {});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& p = circuit_.process("p") >> src.advance >> snk.advance >> src.reset;
  p.watch(src.x, snk.out);

  EXPECT_THAT(numbers(p.run({.t = 0, .dt = 1})), ElementsAre(0, 30));
}

TEST_F(Vectors, V2AJointRunGivesTheChildrensWatchesThenItsOwnSampledAtItsEnd) {
  auto& src = circuit_.add<Src>("src", {.v = 0});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& m1 = circuit_.process("m1") >> src.advance;
  auto& m2 = circuit_.process("m2") >> snk.advance;
  m1.watch(src.x);
  m2.watch(snk.out);
  auto& joint = circuit_.process("joint") >> m1 >> m2 >> m1;
  joint.watch(src.y);

  EXPECT_THAT(numbers(joint.run({.t = 0, .dt = 1})), ElementsAre(4, 20, 4, 0));
}

TEST_F(Vectors, V3OperatorsAreEvaluatedAtEachReadFromLeftToRight) {
  auto& a = circuit_.add<Src>("a", {.v = 3});
  auto& a2 = circuit_.add<Src>("a2", {.v = 4});
  auto& b = circuit_.add<Snk>("b", {});
  EXPECT_EQ(circuit_.evaluate(apply("Summation", {a.x, a2.x})).floats()[0], 7);
  EXPECT_EQ(
      circuit_.evaluate(apply("Product", {apply("Summation", {a.x, a2.x}), a2.x, a.x})).floats()[0],
      84);

  apply("Summation", {a.x, a2.x}) >> b.in;
  (circuit_.process("p") >> a.advance >> b.advance).run({.t = 0, .dt = 1});

  EXPECT_EQ(b.out.scalar(), 90);
}

TEST_F(Vectors, V4AResetThatWouldWriteAWiredInputIsRefusedAndTheSourceUntouched) {
  auto& a = circuit_.add<Src>("a", {.v = 7});
  auto& u = circuit_.add<SnkU>("u", {});
  a.x >> u.in;
  auto& p = circuit_.process("p") >> u.reset;

  EXPECT_THAT(error_of([&] { p.run(); }),
              HasSubstr("u.reset writes u.in, which is wired from a.x"));
  EXPECT_THAT(error_of([&] { u.reset.run(); }),
              HasSubstr("u.reset writes u.in, which is wired from a.x"));
  EXPECT_EQ(a.x.scalar(), 7);
}

TEST_F(Vectors, V5WiresBindToCompartmentsInAnyOrder) {
  auto& S = circuit_.add<Src>("S", {.v = 1});
  auto& S2 = circuit_.add<Src>("S2", {.v = 5});
  auto& K1 = circuit_.add<Snk>("K1", {.v = -1});
  auto& K2 = circuit_.add<Snk>("K2", {.v = -2});

  K1.in >> K2.in;
  S.x >> K1.in;
  EXPECT_EQ(K1.in.scalar(), 1);
  EXPECT_EQ(K2.in.scalar(), 1);

  circuit_.rewire(S2.x, K1.in);
  EXPECT_EQ(K1.in.scalar(), 5);
  EXPECT_EQ(K2.in.scalar(), 5);

  circuit_.unwire(K1.in);
  EXPECT_EQ(K1.in.scalar(), -1);
  EXPECT_EQ(K2.in.scalar(), -1);
  circuit_.unwire(K2.in);
  EXPECT_EQ(K2.in.scalar(), -2);
}

TEST_F(Vectors, V6OperandsThatAreRewiredPropagate) {
  auto& S = circuit_.add<Src>("S", {.v = 1});
  auto& S2 = circuit_.add<Src>("S2", {.v = 5});
  auto& K1 = circuit_.add<Snk>("K1", {});
  auto& K3 = circuit_.add<Snk>("K3", {});
  S2.x >> K1.in;
  (K1.in + S.x) >> K3.in;
  EXPECT_EQ(K3.in.scalar(), 6);

  circuit_.rewire(S.x, K1.in);

  EXPECT_EQ(K3.in.scalar(), 2);
}

TEST_F(Vectors, V7AStepMayOccurTwiceInAChain) {
  auto& src = circuit_.add<Src>("src", {});
  (circuit_.process("p") >> src.advance >> src.advance).run({.dt = 1});
  EXPECT_EQ(src.x.scalar(), 5);
}

TEST_F(Vectors, V8KeywordsArePackedByNameInOrderOfFirstUse) {
  auto& snk = circuit_.add<Snk>("snk", {});
  auto& p = circuit_.process("p") >> snk.advance;
  const std::map<std::string, KeywordSource> given{
      {"t", [](std::int64_t seed) { return static_cast<float>(seed); }}, {"dt", 1.0F}};

  EXPECT_THAT(p.keywords(), ElementsAre("t", "dt"));
  EXPECT_THAT(p.pack_rows(3, given),
              ElementsAre(ElementsAre(0, 1), ElementsAre(1, 1), ElementsAre(2, 1)));
  EXPECT_THAT(p.pack_rows(3, given, [](std::int64_t i) { return 2 * i; }),
              ElementsAre(ElementsAre(0, 1), ElementsAre(2, 1), ElementsAre(4, 1)));
  EXPECT_THAT(p.pack_rows(0, given), testing::IsEmpty());
  EXPECT_THAT(p.pack_keywords(given, 0), ElementsAre(0, 1));
  EXPECT_THAT(error_of([&] {
                static_cast<void>(p.pack_keywords({{"dt", 1.0F}}));
              }),
              testing::AllOf(HasSubstr("process 'p'"), HasSubstr("'t'"), HasSubstr("snk.advance")));
  EXPECT_THAT(error_of([&] { static_cast<void>(p.pack_keywords(given)); }),
              HasSubstr("no seed is given"));
}

TEST_F(Vectors, V9ARunOnAPartialStateGivesThatPartAndUpdatesOnRequestOnly) {
  auto& src = circuit_.add<Src>("src", {});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& p = circuit_.process("p") >> snk.advance >> src.advance;
  const auto number = [](float v) { return Tensor{{1, 1}, std::vector<float>{v}}; };
  const StateMap start{{"v:src:x", number(100)}, {"v:snk:in", number(0)}, {"v:snk:out", number(0)}};

  const RunResult detached = p.run({.t = 0, .dt = 1}, {.from = &start, .update = false});
  EXPECT_EQ(detached.state.size(), 3U);
  EXPECT_EQ(detached.state.at("v:src:x"), number(102));
  EXPECT_EQ(detached.state.at("v:snk:out"), number(1000));
  EXPECT_EQ(src.x.scalar(), 1);

  p.run({.t = 0, .dt = 1}, {.from = &start, .update = true});
  EXPECT_EQ(src.x.scalar(), 102);
}

TEST_F(Vectors, V10ContextsAreFoundAgainByTheirPath) {
  Context a("A", {.seed = 1});
  Context& b = a.context("B");

  EXPECT_EQ(b.path(), "A:B");
  EXPECT_EQ(&a.context("B"), &b);
}

TEST_F(Vectors, V11TheReferencesSecondTutorial) {
  auto& a = circuit_.add<RateCell>("a", {.n_units = 1, .tau_m = 0});
  auto& W = circuit_.add<HebbianSynapse>("W", {.shape = {1, 1}, .weight_init = init::constant(1)});
  auto& b = circuit_.add<RateCell>("b", {.n_units = 1, .tau_m = 20});
  a.zF >> W.inputs;
  W.outputs >> b.j;
  auto& advance =
      circuit_.process("advance") >> a.advance_state >> W.advance_state >> b.advance_state;
  circuit_.command("reset").run();

  std::vector<float> seen;
  for (int k = 1; k <= 5; ++k) {
    a.j.set(static_cast<float>(k));
    advance.run({.t = k - 1.0, .dt = 1});
    seen.push_back(b.zF.scalar());
  }

  EXPECT_THAT(seen,
              ElementsAre(testing::FloatEq(0.05F), testing::FloatEq(0.15F), testing::FloatEq(0.3F),
                          testing::FloatEq(0.5F), testing::FloatEq(0.75F)));
}

TEST_F(Vectors, V12TheReferencesThirdTutorial) {
  auto& a = circuit_.add<RateCell>("a", {.n_units = 1, .tau_m = 0});
  auto& W = circuit_.add<HebbianSynapse>("W", {.shape = {1, 1},
                                               .weight_init = init::constant(1),
                                               .eta = 1,
                                               .w_bound = 0,
                                               .sign_value = -1});
  auto& b = circuit_.add<RateCell>("b", {.n_units = 1, .tau_m = 0});
  a.zF >> W.inputs;
  W.outputs >> b.j;
  a.zF >> W.pre;
  b.zF >> W.post;
  auto& step =
      circuit_.process("step") >> a.advance_state >> W.advance_state >> b.advance_state >> W.evolve;
  circuit_.command("reset").run();

  std::vector<float> seen;
  for (const float input : {1.0F, 1.0F, 0.0F, 0.0F, 1.0F}) {
    a.j.set(input);
    step.run({.t = 0, .dt = 1});
    seen.push_back(W.weights.scalar());
  }

  EXPECT_THAT(seen, ElementsAre(2, 4, 4, 4, 8));
}

TEST_F(Vectors, V13TheBcmSynapseAgreesWithItsUnitTest) {
  auto& W = circuit_.add<BCMSynapse>("W", {.shape = {1, 1}, .tau_w = 40, .tau_theta = 20});
  W.reset.run();
  W.pre.set(0.425F);
  W.post.set(1.55F);

  W.advance_state.run();
  W.evolve.run({.dt = 1});

  EXPECT_FLOAT_EQ(W.dWeights.scalar(), -1.6798127F);
}

}  // namespace
}  // namespace plexus::test

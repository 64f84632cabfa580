// What docs/deviations.md says of the runtime, where no other test shows it.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// x grows by its gain, 2 unless a run says otherwise.
class Growing final : public Component {
 public:
  static constexpr std::string_view type_name = "Growing";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Grows.";
  struct Params {
    void describe(Parameters& /*d*/) {}
  };
  Growing(const Setup& setup, const Params& /*params*/) : Component(setup) {}

 private:
  void grow_by(const Step& step) { x.own_values()[0] += step["gain"]; }

 public:
  Compartment x{*this, "x", Role::state, {1, 1}, "value"};
  Method grow{*this, "grow", takes(keyword("gain", 2)), whole<&Growing::grow_by>(updates(x))};
};

class Deviation : public testing::Test {
 protected:
  Deviation() { set_log_level(LogLevel::error); }

  /// A cell without state: zF follows j.
  RateCell& add_cell(const std::string& name, int n_units = 1) {
    return circuit_.add<RateCell>(name, {.n_units = n_units, .tau_m = 0});
  }

  Context circuit_{"v1", {.seed = 1}};
  RateCell& a_ = add_cell("a");
  RateCell& b_ = add_cell("b");
  RateCell& c_ = add_cell("c");
};

TEST_F(Deviation, AWiredCompartmentCannotBeSet) {
  a_.zF >> b_.j;

  EXPECT_THAT([&] { b_.j.set(1); }, ThrowsMessage<Error>(HasSubstr("wired from a.zF")));
  EXPECT_EQ(a_.zF.scalar(), 0);
}

TEST_F(Deviation, AMethodThatUpdatesAWiredCompartmentIsRefused) {
  auto& W = circuit_.add<HebbianSynapse>("W", {.shape = {2, 2}});
  auto& V = circuit_.add<HebbianSynapse>("V", {.shape = {2, 2}});
  W.weights >> V.weights;

  EXPECT_THAT([&] { V.evolve.run(); },
              ThrowsMessage<Error>(HasSubstr("V.evolve updates V.weights")));
}

TEST_F(Deviation, ASecondWireIsAnErrorUnlessItReplacesTheFirst) {
  a_.zF >> c_.j;
  b_.zF.set(2);

  EXPECT_THAT([&] { b_.zF >> c_.j; },
              ThrowsMessage<Error>(HasSubstr("c.j is wired already, from a.zF")));
  circuit_.rewire(b_.zF, c_.j);
  EXPECT_EQ(c_.j.scalar(), 2);
}

TEST_F(Deviation, ACompartmentCannotFeedItself) {
  EXPECT_THAT([&] { (b_.j + a_.zF) >> b_.j; },
              ThrowsMessage<Error>(HasSubstr("b.j would feed itself")));
  a_.j >> b_.j;
  EXPECT_THAT([&] { b_.j >> a_.j; }, ThrowsMessage<Error>(HasSubstr("a.j would feed itself")));
}

TEST_F(Deviation, ShapesAreCheckedWhereTheyMeet) {
  auto& wide = add_cell("wide", 4);

  EXPECT_THAT([&] { a_.zF >> wide.j; },
              ThrowsMessage<Error>(HasSubstr("cannot wire a.zF (1, 1) >> wide.j (1, 4)")));
  EXPECT_THROW(wide.j.set({1, 2, 3}), Error);
}

TEST_F(Deviation, ANameThatIsTakenIsAnErrorAndTheFirstOneStays) {
  a_.z.set(5);

  EXPECT_THAT([&] { add_cell("a"); }, ThrowsMessage<Error>(HasSubstr("v1:a")));
  EXPECT_EQ(a_.z.scalar(), 5);
  EXPECT_EQ(circuit_.find("a"), &a_);
}

TEST_F(Deviation, AnUnknownParameterIsAnError) {
  const auto file = std::filesystem::path(testing::TempDir()) / "unknown_parameter.yaml";
  std::ofstream(file)
      << "plexus: 1\ncomponents:\n  p: {type: PoissonCell, n_units: 1, target_frec: 5}\n";
  model::Diagnostics diagnostics;

  EXPECT_EQ(model::load_model(file, {}, diagnostics), nullptr);
  EXPECT_THAT(diagnostics.print(),
              testing::AllOf(HasSubstr("PoissonCell 'p' has no parameter 'target_frec'"),
                             HasSubstr("did you mean 'target_freq'?")));
  std::filesystem::remove(file);
}

TEST_F(Deviation, ANumberOnTheLeftIsWhereItStands) {
  a_.zF.set(2);

  EXPECT_EQ(circuit_.evaluate(5 - a_.zF).floats()[0], 3);
  EXPECT_EQ(circuit_.evaluate(a_.zF - 5).floats()[0], -3);
}

TEST_F(Deviation, AnExpressionFeedsAnyInputAndIsWatched) {
  apply("Summation", {a_.zF, b_.zF}) >> c_.j;
  a_.zF.set(1);
  b_.zF.set(2);
  auto& step = circuit_.process("step") >> c_.advance_state;
  step.watch(c_.j, c_.zF);

  const RunResult result = step.run({.dt = 1});

  EXPECT_EQ(result.watched[0].floats()[0], 3);
  EXPECT_EQ(result.watched[1].floats()[0], 3);
}

TEST_F(Deviation, CompilingAgainLeavesTheWatchesAsTheyAre) {
  auto& one = circuit_.process("one") >> a_.advance_state;
  auto& joint = circuit_.process("joint") >> one;
  one.watch(a_.z);
  joint.watch(a_.zF);
  for (const char* name : {"d", "e", "f"}) {
    add_cell(name);  // the plan is compiled anew
    EXPECT_EQ(joint.run({.dt = 1}).watched.size(), 2U);
  }
}

TEST_F(Deviation, KeywordsComeInOrderOfFirstUse) {
  auto& cell = circuit_.add<LIFCell>("cell", {.n_units = 1, .tau_m = 20});

  EXPECT_THAT((circuit_.process("p") >> cell.advance_state >> a_.advance_state).keywords(),
              ElementsAre("t", "dt"));
  EXPECT_THAT((circuit_.process("q") >> a_.advance_state >> cell.advance_state).keywords(),
              ElementsAre("dt", "t"));
}

TEST_F(Deviation, AKeywordWithADefaultMayBeLeftOut) {
  auto& growing = circuit_.add<Growing>("growing", {});

  growing.grow.run();
  EXPECT_EQ(growing.x.scalar(), 2);
  growing.grow.run({.more = {{"gain", 5}}});
  EXPECT_EQ(growing.x.scalar(), 7);
}

TEST_F(Deviation, AScanMovesTheCircuitOn) {
  auto& cell = circuit_.add<RateCell>("cell", {.n_units = 1, .tau_m = 10});
  cell.j_td.set(1);
  auto& step = circuit_.process("step") >> cell.advance_state;

  step.scan(3, {.dt = 1}, {.update = false});
  EXPECT_EQ(cell.z.scalar(), 0);
  step.scan(3, {.dt = 1});
  EXPECT_NEAR(cell.z.scalar(), 0.3, 1e-6);
}

TEST_F(Deviation, TwoCircuitsOfOneNameShareNothing) {
  Context other("v1", {.seed = 1});
  auto& a = other.add<RateCell>("a", {.n_units = 1, .tau_m = 0});

  a.z.set(7);

  EXPECT_EQ(a.z.path(), a_.z.path());
  EXPECT_EQ(a_.z.scalar(), 0);
}

TEST_F(Deviation, KeysComeFromTheSeedAndNotFromTheClock) {
  Context again("v1", {.seed = 1});
  const auto& a = again.add<RateCell>("a", {.n_units = 1, .tau_m = 0});

  EXPECT_EQ(a.key.key(), a_.key.key());
  EXPECT_NE(a.key.key(), b_.key.key());
}

TEST_F(Deviation, AMissingKeywordNamesItsMethodAndProcess) {
  auto& step = circuit_.process("step") >> a_.advance_state;

  EXPECT_THAT([&] { step.run(); },
              ThrowsMessage<Error>(
                  HasSubstr("process 'step' needs the keyword 'dt', which a.advance_state takes")));
}

}  // namespace
}  // namespace plexus

#include "plexus/core/context.h"

#include <gmock/gmock.h>

#include "plexus/core/eigen.h"
#include "plexus/core/log.h"
#include "plexus/core/random/key.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ContextTest : public testing::Test {
 protected:
  ContextTest() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~ContextTest() override { set_log_level(before_); }
  Context circuit_{"v1", {.seed = 1}};

 private:
  LogLevel before_;
};

// ---- paths and contexts
// ------------------------------------------------------------------------------------

TEST_F(ContextTest, PathsJoinContextComponentAndCompartment) {  // K1
  Context a("A", {.seed = 1});
  auto& s = a.context("B").add<Src>("s", {});

  EXPECT_EQ(s.x.path(), "A:B:s:x");
  EXPECT_EQ(s.x.label(), "B.s.x");
  EXPECT_EQ(&a.compartment("A:B:s:x"), &s.x);
  EXPECT_EQ(&a.compartment("B.s.x"), &s.x);
  EXPECT_EQ(&a.context("B").compartment("s.x"), &s.x);
}

TEST_F(ContextTest, TheSamePathIsTheSameContextAndMayBeExtendedAtAnyTime) {  // K13
  Context& layer = circuit_.context("layer");
  auto& src = layer.add<Src>("src", {});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  p.run({.t = 0, .dt = 1});

  ASSERT_EQ(&circuit_.context("layer"), &layer);
  auto& more = circuit_.context("layer").add<Snk>("more", {});
  src.x >> more.in;
  p >> more.advance;
  p.run({.t = 0, .dt = 1});

  EXPECT_EQ(snk.out.scalar(), 50);
  EXPECT_EQ(more.out.scalar(), 50);
}

TEST_F(ContextTest, AContextInAContextOfTheSameNameIsAnother) {  // D18: nothing is stuck inside
  Context& inner = circuit_.context("v1");
  EXPECT_EQ(inner.path(), "v1:v1");
  EXPECT_EQ(circuit_.path(), "v1");
  EXPECT_EQ(inner.add<Src>("s", {}).path(), "v1:v1:s");
  EXPECT_EQ(circuit_.add<Src>("s", {}).path(), "v1:s");
}

TEST_F(ContextTest, ComponentsListTheirCompartmentsInOrderWithTheirMetadata) {  // K14
  auto& s = circuit_.add<Src>("s", {});

  std::vector<std::string> names;
  for (const Compartment* c : s.compartments()) names.push_back(c->name());
  EXPECT_THAT(names, ElementsAre("key", "x", "y"));
  EXPECT_STREQ(s.x.options().unit, "mV");
  EXPECT_STREQ(s.y.options().unit, "");
  EXPECT_TRUE(s.x.options().auto_save);
  EXPECT_EQ(s.x.doc(), "value");
  EXPECT_EQ(s.x.role(), Role::state);
}

// ---- wires
// -------------------------------------------------------------------------------------------------

TEST_F(ContextTest, AWiredCompartmentReadsItsSourceAtTheMomentOfTheRead) {  // K2
  auto& s = circuit_.add<Src>("s", {});
  auto& k = circuit_.add<Snk>("k", {});
  s.x >> k.in;

  s.x.set(3);
  EXPECT_EQ(k.in.scalar(), 3);
  s.x.set(4);
  EXPECT_EQ(k.in.scalar(), 4);
  EXPECT_EQ(k.in.values().data(), s.x.values().data());  // the input *is* the output's storage
}

TEST_F(ContextTest, UnwiringRevealsTheOwnValue) {  // K3
  auto& s = circuit_.add<Src>("s", {.v = 5});
  auto& k = circuit_.add<Snk>("k", {.v = -2});
  s.x >> k.in;
  circuit_.process("p").then(s.advance).run({.dt = 1});

  circuit_.unwire(k.in);

  EXPECT_EQ(k.in.scalar(), -2);
  EXPECT_FALSE(k.in.targeted());
}

TEST_F(ContextTest, ComponentsCanAskWhetherTheyAreWired) {  // K15
  auto& s = circuit_.add<Src>("s", {.v = 5});
  auto &wired = circuit_.add<Snk>("wired", {.v = 1}), &free = circuit_.add<Snk>("free", {.v = 1});
  s.x >> wired.in;
  EXPECT_TRUE(wired.in.targeted());
  EXPECT_EQ(wired.in.target(), "v1:s:x");
  EXPECT_EQ(free.in.target(), "v1:free:in");

  wired.reset.run();
  free.reset.run();

  EXPECT_EQ(wired.in.scalar(), 5);
  EXPECT_EQ(free.in.scalar(), 0);
}

TEST_F(ContextTest, AnUnwiredInputIsResetAndAWiredOneLeftToItsSource) {  // K17
  auto& k = circuit_.add<Snk>("k", {});
  k.in.set(2);
  k.advance.run({.t = 0, .dt = 1});
  EXPECT_EQ(k.out.scalar(), 20);

  k.reset.run();

  EXPECT_EQ(k.in.scalar(), 0);
  EXPECT_EQ(k.out.scalar(), 0);
}

TEST_F(ContextTest, ASecondWireIsRefusedUnlessItReplacesTheFirst) {  // F9
  auto &s1 = circuit_.add<Src>("s1", {.v = 1}), &s2 = circuit_.add<Src>("s2", {.v = 2});
  auto& k = circuit_.add<Snk>("k", {});
  s1.x >> k.in;

  EXPECT_THAT(
      error_of([&] { s2.x >> k.in; }),
      AllOf(HasSubstr("v1: k.in is wired already, from s1.x"), HasSubstr("s1.x + s2.x >> k.in")));
  EXPECT_EQ(k.in.scalar(), 1);

  circuit_.rewire(s2.x, k.in);
  EXPECT_EQ(k.in.scalar(), 2);
  ASSERT_EQ(circuit_.wires().size(), 1U);
  EXPECT_EQ(circuit_.wires()[0]->text(), "s2.x >> k.in");
}

TEST_F(ContextTest, ARefusedRewireLeavesTheOldWire) {
  auto &s = circuit_.add<Src>("s", {.v = 1}), &wide = circuit_.add<Src>("wide", {.n_units = 3});
  auto& k = circuit_.add<Snk>("k", {});
  s.x >> k.in;
  const auto slots = circuit_.state().slot_count();

  EXPECT_THAT(error_of([&] { circuit_.rewire(wide.x + wide.x, k.in); }),
              HasSubstr("the widths differ"));

  EXPECT_EQ(k.in.wire()->text(), "s.x >> k.in");
  EXPECT_EQ(circuit_.state().slot_count(), slots);
}

TEST_F(ContextTest, WiresBindToCompartmentsInsideConstructorsToo) {  // F10
  auto& o = circuit_.add<Owner>("o", {});
  EXPECT_EQ(o.seen.scalar(), 1);

  o.inner->x.set(8);

  EXPECT_EQ(o.seen.scalar(), 8);
  EXPECT_EQ(o.seen.target(), "v1:o:inner:x");
}

TEST_F(ContextTest, ShapesAndTypesAreCheckedWhenTheWireIsMade) {  // F19
  auto& s = circuit_.add<Src>("s", {.n_units = 3});
  auto& k = circuit_.add<Snk>("k", {.n_units = 4});
  EXPECT_THAT(error_of([&] { s.x >> k.in; }),
              AllOf(HasSubstr("v1: cannot wire s.x (1, 3) >> k.in (1, 4): the widths differ"),
                    HasSubstr("give both the same number of units")));
  EXPECT_THAT(error_of([&] { s.key >> k.in; }),
              HasSubstr("s.key (uint32) >> k.in (float32): the types differ"));
  EXPECT_THAT(error_of([&] {
                k.in.set({1, 2, 3});
              }),
              HasSubstr("v1: k.in.set: got (3,), expected (1, 4) = (B, n)"));
  EXPECT_THAT(error_of([&] { k.in.set(Array(Array::Zero(4, 3))); }), HasSubstr("got (4, 3)"));
  EXPECT_TRUE(circuit_.wires().empty());
}

TEST_F(ContextTest, LoopsAreRefusedWhenWiredAndShown) {  // F21
  auto& s = circuit_.add<Src>("s", {});
  auto &a = circuit_.add<Snk>("a", {}), &b = circuit_.add<Snk>("b", {}),
       &c = circuit_.add<Snk>("c", {});
  EXPECT_THAT(
      error_of([&] { (c.in + s.x) >> c.in; }),
      AllOf(HasSubstr("cannot wire c.in + s.x >> c.in: c.in would feed itself: c.in <- c.in"),
            HasSubstr("mark the wire delayed")));
  EXPECT_THAT(error_of([&] { c.in >> c.in; }), HasSubstr("c.in would feed itself"));
  EXPECT_THAT(
      error_of([&] { delayed(c.in) >> c.in; }),
      AllOf(HasSubstr("c.in would feed itself"), HasSubstr("a compartment keeps its own value")));
  a.in >> b.in;
  (b.in + s.x) >> c.in;
  EXPECT_THAT(error_of([&] { c.in >> a.in; }), HasSubstr("a.in <- c.in <- b.in <- a.in"));
}

TEST_F(ContextTest, ADelayedWireMayCloseALoop) {
  auto& s = circuit_.add<Src>("s", {.v = 0, .gain = 1});
  auto& k = circuit_.add<Snk>("k", {});
  delayed(k.in + s.x) >> k.in;  // a running sum
  auto& p = circuit_.process("p") >> s.advance >> k.advance;
  p.watch(k.in);

  EXPECT_THAT(floats(p.scan(4, {.dt = 1})["k.in"]), ElementsAre(0, 1, 3, 6));
}

TEST_F(ContextTest, CircuitsAreNotWiredToEachOther) {
  Context other("other", {.seed = 1});
  auto& s = other.add<Src>("s", {});
  auto& k = circuit_.add<Snk>("k", {});
  EXPECT_THAT(error_of([&] { s.x >> k.in; }), HasSubstr("they belong to different circuits"));
  EXPECT_THAT(
      error_of([&] { circuit_.wire(circuit_.add<Src>("t", {}).x, other.add<Snk>("k", {}).in); }),
      HasSubstr("they belong to different circuits"));
}

// ---- building and taking apart
// -----------------------------------------------------------------------------

TEST_F(ContextTest, ANameIsTakenOnce) {  // F8
  auto& first = circuit_.add<Src>("n", {.v = 7});
  EXPECT_THAT(
      error_of([&] { circuit_.add<Src>("n", {.v = 1}); }),
      AllOf(HasSubstr("v1:n exists already: it is a component (Src)"), HasSubstr("another name")));
  EXPECT_THAT(error_of([&] { circuit_.context("n"); }), HasSubstr("v1:n exists already"));
  circuit_.context("layer");
  EXPECT_THAT(error_of([&] { circuit_.add<Src>("layer", {}); }),
              HasSubstr("v1:layer exists already: it is a context"));
  circuit_.process("p");
  EXPECT_THAT(error_of([&] { circuit_.command("p"); }),
              HasSubstr("v1 has a process or command 'p' already"));
  circuit_.command("reset");
  EXPECT_THAT(error_of([&] { circuit_.process("reset"); }),
              HasSubstr("'reset' is a command of v1"));

  EXPECT_EQ(first.x.scalar(), 7);
  EXPECT_EQ(circuit_.components().size(), 1U);
}

/// Wires within itself, and then gives up.
class Quitter final : public Component {
 public:
  static constexpr std::string_view type_name = "Quitter";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Cannot be built.";
  struct Params {
    void describe(Parameters&) {}
  };
  Quitter(const Setup& setup, const Params&) : Component(setup) {
    (part->x + part->x) >> in;
    throw Error(Error::Kind::config, {.path = path()}, "Quitter gives up", "build something else");
  }
  std::unique_ptr<Src> part = make_part<Src>("part", {}, Key{});
  Compartment in{*this, "in", Role::input, {B, 1}, "input"};
};

TEST_F(ContextTest, AFailedBuildLeavesTheContextAsItWas) {  // F11
  auto& s = circuit_.add<Src>("s", {});
  auto& p = circuit_.process("p") >> s.advance;
  p.run({.dt = 1});
  const auto slots = circuit_.state().slot_count();
  const Key next = split_at(Key::from_seed(1), 1);

  EXPECT_THAT(error_of([&] { circuit_.add<Quitter>("q", {}); }), HasSubstr("v1: Quitter gives up"));

  EXPECT_EQ(circuit_.state().slot_count(), slots);
  EXPECT_TRUE(circuit_.wires().empty());
  EXPECT_EQ(circuit_.components().size(), 1U);
  EXPECT_EQ(circuit_.add<Src>("q", {}).key.key(), next);
  p.run({.dt = 1});
  EXPECT_EQ(s.x.scalar(), 5);
  Context another("another", {.seed = 1});
  EXPECT_EQ(another.add<Src>("s", {}).path(), "another:s");
}

TEST_F(ContextTest, RemoveFreesSlots) {  // F22
  auto& s = circuit_.add<Src>("s", {.v = 3});
  const auto slots = circuit_.state().slot_count();
  const auto words = circuit_.state().all().size();

  for (int i = 0; i < 3; ++i) {
    auto& k = circuit_.add<Snk>("k", {.n_units = 1});
    (s.x + s.x) >> k.in;
    circuit_.add<Owner>("o", {});
    circuit_.context("layer").add<Src>("inner", {});
    circuit_.context("layer").process("own").then(
        *circuit_.find("layer.inner")->find_method("advance"));
    for (const char* name : {"k", "o", "layer"}) circuit_.remove(name);
  }

  EXPECT_EQ(circuit_.state().slot_count(), slots);
  EXPECT_EQ(circuit_.state().all().size(), words);
  EXPECT_EQ(s.x.scalar(), 3);
  EXPECT_EQ(circuit_.find("k"), nullptr);
}

TEST_F(ContextTest, RemoveRefusesWhatIsInUse) {
  auto& layer = circuit_.context("layer");
  auto& s = layer.add<Src>("s", {});
  auto& k = circuit_.add<Snk>("k", {});
  s.x >> k.in;
  EXPECT_THAT(error_of([&] { circuit_.remove("layer"); }),
              HasSubstr("cannot remove layer: layer.s.x >> k.in uses it"));
  circuit_.unwire(k.in);

  auto& p = circuit_.process("p") >> s.advance;
  EXPECT_THAT(error_of([&] { circuit_.remove("layer"); }),
              HasSubstr("process 'p' calls layer.s.advance"));
  EXPECT_THAT(error_of([&] { circuit_.remove("kk"); }), HasSubstr("did you mean 'k'?"));
  static_cast<void>(p);

  auto& watcher = circuit_.process("watcher") >> k.advance;
  auto& w = circuit_.add<Src>("w", {});
  watcher.watch(w.x);
  EXPECT_THAT(error_of([&] { circuit_.remove("w"); }), HasSubstr("process 'watcher' watches w.x"));
  watcher.clear_watches();
  watcher.watch(w.x + w.x, {.name = "twice"});
  EXPECT_THAT(error_of([&] { circuit_.remove("w"); }),
              HasSubstr("process 'watcher' watches twice"));
  watcher.clear_watches();
  circuit_.remove("w");

  auto& nested = circuit_.context("nested");
  nested.process("inner");
  circuit_.process("outer") >> nested.process("inner");
  EXPECT_THAT(error_of([&] { circuit_.remove("nested"); }),
              HasSubstr("process 'outer' joins 'inner'"));
}

TEST_F(ContextTest, PlansFollowRewiringAndUnwiring) {
  auto &s1 = circuit_.add<Src>("s1", {.v = 1}), &s2 = circuit_.add<Src>("s2", {.v = 2});
  auto& k = circuit_.add<Snk>("k", {.v = 9});
  s1.x >> k.in;
  auto& p = circuit_.process("p") >> k.advance;
  p.run({.t = 0, .dt = 1});
  EXPECT_EQ(k.out.scalar(), 10);
  circuit_.rewire(s1.x + s2.x, k.in);
  p.run({.t = 0, .dt = 1});
  EXPECT_EQ(k.out.scalar(), 30);
  circuit_.unwire(k.in);
  p.run({.t = 0, .dt = 1});
  EXPECT_EQ(k.out.scalar(), 90);
}

// ---- parts
// -------------------------------------------------------------------------------------------------

TEST_F(ContextTest, PartsAreFullComponents) {  // F4
  auto& o = circuit_.add<Owner>("o", {.gain = 2});
  EXPECT_EQ(o.inner->path(), "v1:o:inner");
  EXPECT_EQ(circuit_.find("o.inner"), o.inner.get());
  EXPECT_EQ(&circuit_.compartment("o.inner.x"), &o.inner->x);

  o.advance.run({.dt = 1});  // calls the part's step twice
  EXPECT_EQ(o.inner->x.scalar(), 5);
  EXPECT_EQ(o.copy.scalar(), 5);

  o.inner->advance.run({.dt = 1});  // scheduled directly it still does its work
  EXPECT_EQ(o.inner->x.scalar(), 7);
  o.advance.run({.dt = 1});
  EXPECT_EQ(o.inner->x.scalar(), 11);

  EXPECT_TRUE(circuit_.has_key("v1:o:inner:x"));
}

// ---- state
// -------------------------------------------------------------------------------------------------

TEST_F(ContextTest, SnapshotsAreIndependentCopies) {  // K19, A15
  auto& s = circuit_.add<Src>("s", {.v = 1});
  const Snapshot snapshot = circuit_.snapshot();
  s.x.set(9);

  circuit_.restore(snapshot);

  EXPECT_EQ(s.x.scalar(), 1);
}

TEST_F(ContextTest, ValuesAreCopiesThatMergeInPart) {  // K19
  auto &s = circuit_.add<Src>("s", {.v = 1}), &t = circuit_.add<Src>("t", {.v = 2});
  StateMap values = circuit_.values();
  EXPECT_EQ(values.size(), 6U);
  std::get<0>(values.at("v1:s:x").values)[0] = 5;
  EXPECT_EQ(s.x.scalar(), 1);

  circuit_.merge({{"v1:s:x", values.at("v1:s:x")}});

  EXPECT_EQ(s.x.scalar(), 5);
  EXPECT_EQ(t.x.scalar(), 2);
  EXPECT_TRUE(circuit_.has_key("v1:t:x"));
  EXPECT_FALSE(circuit_.has_key("v1:t:xx"));
}

TEST_F(ContextTest, ARefusedMergeChangesNothing) {
  auto& s = circuit_.add<Src>("s", {.v = 1});
  const Tensor two{{1, 1}, std::vector<float>{2}};
  EXPECT_THAT(error_of([&] {
                circuit_.merge({{"v1:s:x", two}, {"v1:s:yy", two}});
              }),
              HasSubstr("did you mean 'y'?"));
  EXPECT_THAT(
      error_of([&] {
        circuit_.merge({{"v1:s:x", two}, {"v1:s:y", Tensor{{2, 1}, std::vector<float>{0, 0}}}});
      }),
      HasSubstr("v1:s:y: got float32 (2, 1), expected float32 (1, 1)"));
  EXPECT_EQ(s.x.scalar(), 1);
}

TEST_F(ContextTest, ASnapshotSurvivesWhatPlansAdd) {
  auto &a = circuit_.add<Relay>("a", {}), &b = circuit_.add<Relay>("b", {});
  a.out >> b.in;
  b.out >> a.in;
  a.out.set(3);
  const Snapshot snapshot = circuit_.snapshot();
  circuit_.command("advance").scan(3);  // makes room for the delay of a cut

  circuit_.restore(snapshot);

  EXPECT_EQ(a.out.scalar(), 3);
  EXPECT_EQ(floats(circuit_.evaluate(a.out + b.out)), std::vector<float>{3});
  circuit_.restore(snapshot);  // looking changes no layout
  circuit_.add<Src>("s", {});
  EXPECT_THAT(error_of([&] { circuit_.restore(snapshot); }),
              HasSubstr("the snapshot is of another layout"));
}

TEST_F(ContextTest, TheStreamOfRandomNumbersIsPartOfTheState) {  // K21
  auto& d = circuit_.add<Dice>("d", {});
  d.advance.run();
  const Snapshot snapshot = circuit_.snapshot();
  d.advance.run();
  const auto second = floats(d.x);

  circuit_.restore(snapshot);
  d.advance.run();

  EXPECT_EQ(floats(d.x), second);
  EXPECT_NE(second, std::vector<float>(3, second[0]));
}

TEST_F(ContextTest, KeysFollowFromTheSeedAndAReseedGivesThoseOfAnother) {  // A9
  const auto keys_of = [](std::uint32_t seed) {
    Context circuit("v", {.seed = seed});
    circuit.add<Dice>("a", {});
    circuit.context("layer").add<Owner>("o", {});
    circuit.add<Dice>("fixed", {}, Key{1, 2});
    circuit.add<Dice>("b", {});
    return circuit.values();
  };
  Context circuit("v", {.seed = 3});
  circuit.add<Dice>("a", {});
  circuit.context("layer").add<Owner>("o", {});
  circuit.add<Dice>("fixed", {}, Key{1, 2});
  circuit.add<Dice>("b", {});
  ASSERT_EQ(circuit.values(), keys_of(3));
  EXPECT_EQ(circuit.find("b")->key.key(), split_at(Key::from_seed(3), 3));

  circuit.reseed(4);

  EXPECT_EQ(circuit.values(), keys_of(4));
  EXPECT_EQ(circuit.find("fixed")->key.key(), (Key{1, 2}));
}

TEST_F(ContextTest, TheBatchSizeChangesInOneCall) {  // A13
  auto& s = circuit_.add<Src>("s", {.v = 1, .n_units = 2});
  auto& W = circuit_.add<Cable>("W", {.n_pre = 2, .n_post = 3, .weight = 0.5F});
  auto& k = circuit_.add<Snk>("k", {.n_units = 3});
  s.x >> W.inputs;
  (W.outputs + W.outputs) >> k.in;
  s.x.set({1, 2});
  auto& p = circuit_.process("p") >> W.advance >> k.advance;
  p.run({.t = 0, .dt = 1});
  const auto once = floats(k.out);
  EXPECT_THAT(once, ElementsAre(30, 30, 30));

  circuit_.set_batch_size(32);
  EXPECT_EQ(s.x.shape(), (Shape{32, 2}));
  EXPECT_EQ(W.weights.shape(), (Shape{2, 3}));
  p.run({.t = 0, .dt = 1});
  EXPECT_EQ(k.out.shape(), (Shape{32, 3}));
  for (const float v : floats(k.out)) EXPECT_EQ(v, 30);  // rows repeat in turn

  circuit_.set_batch_size(1);
  p.run({.t = 0, .dt = 1});
  EXPECT_EQ(floats(k.out), once);
  EXPECT_EQ(s.batch_size(), 1);
  EXPECT_THAT(error_of([&] { circuit_.set_batch_size(0); }),
              HasSubstr("batch size 0; expected an integer > 0"));
}

TEST_F(ContextTest, ARefusedBatchSizeChangesNothing) {
  auto& s = circuit_.add<Src>("s", {.v = 4, .n_units = 2});
  auto& W = circuit_.add<Cable>("W", {.n_pre = 1, .n_post = 2});
  s.x >> W.weights;  // fits a single sample alone

  EXPECT_THAT(error_of([&] { circuit_.set_batch_size(3); }),
              HasSubstr("cannot wire s.x (3, 2) >> W.weights (1, 2)"));

  EXPECT_EQ(s.x.shape(), (Shape{1, 2}));
  EXPECT_EQ(W.inputs.shape(), (Shape{1, 1}));
  EXPECT_EQ(s.batch_size(), 1);
  EXPECT_THAT(floats(W.weights), ElementsAre(4, 4));
}

// ---- lint
// --------------------------------------------------------------------------------------------------

TEST_F(ContextTest, AStepThatIsMissingFromAllProcessesIsNamed) {  // F13
  auto& s = circuit_.add<Src>("s", {});
  auto& W = circuit_.add<Cable>("W", {});
  auto& k = circuit_.add<Snk>("k", {});
  s.x >> W.inputs;
  W.outputs >> k.in;
  auto& p = circuit_.process("p") >> s.advance >> k.advance;

  const auto found = circuit_.lint();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].problem,
            "W.outputs is read through W.outputs >> k.in, but no process calls W.advance");

  p >> W.advance;
  EXPECT_TRUE(circuit_.lint().empty());
}

TEST_F(ContextTest, AStepThatACommandLeavesOutIsNamed) {  // F13
  auto &a = circuit_.add<Relay>("a", {}), &b = circuit_.add<Relay>("b", {});
  a.out >> b.in;
  circuit_.command("except", {.methods = {"advance"}, .except = {"a"}});
  circuit_.command("only", {.methods = {"advance"}, .only = {"b"}});

  const auto found = circuit_.lint();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].problem,
            "a.out is read through a.out >> b.in, but no process calls a.advance");

  circuit_.command("advance");
  EXPECT_TRUE(circuit_.lint().empty());
}

TEST_F(ContextTest, AnInputThatNothingDrivesIsNamedOnce) {  // F13
  set_log_level(LogLevel::warn);
  auto& k = circuit_.add<Relay>("k", {});
  auto& p = circuit_.process("p") >> k.advance;

  testing::internal::CaptureStderr();
  p.run();
  p.run();
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "warning: k.in is read by k.advance, but nothing writes it: wire or clamp it, or give "
            "it a value\n");

  k.in.set(0);  // meant
  p.synchronous(false);
  testing::internal::CaptureStderr();
  p.run();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace plexus::test

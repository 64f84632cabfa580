#include "plexus/core/process.h"

#include <chrono>
#include <cmath>
#include <thread>

#include <gmock/gmock.h>

#include "plexus/core/eigen.h"
#include "plexus/core/log.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ProcessTest : public testing::Test {
 protected:
  ProcessTest() : before_(set_log_level(LogLevel::error)) {
    install_compilers();
    src.x >> snk.in;
  }
  ~ProcessTest() override { set_log_level(before_); }

  Context circuit_{"v1", {.seed = 1}};
  Src& src = circuit_.add<Src>("src", {.v = 0});
  Snk& snk = circuit_.add<Snk>("snk", {});

 private:
  LogLevel before_;
};

// ---- running
// -----------------------------------------------------------------------------------------------

TEST_F(ProcessTest, ARunOnADetachedStateLeavesTheLiveOneAsItIs) {  // K6
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  p.watch(snk.out);
  p.run({.t = 0, .dt = 1});
  const Snapshot before = circuit_.snapshot();

  const RunResult result = p.run({.t = 0, .dt = 1}, {.update = false});

  EXPECT_EQ(result.watched[0].floats()[0], 40);
  EXPECT_EQ(result.state.at("v1:src:x").floats()[0], 4);
  EXPECT_EQ(circuit_.snapshot().words, before.words);
}

TEST_F(ProcessTest, RunsTakePackedKeywords) {  // K7
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;

  p.run_packed(p.pack_keywords({{"t", 0.0F}, {"dt", 2.0F}}));

  EXPECT_EQ(src.x.scalar(), 4);
  EXPECT_THAT(error_of([&] { p.run_packed({1}); }),
              HasSubstr("process 'p': a row of 1 keyword values, expected 2 (dt, t)"));
}

TEST_F(ProcessTest, AMissingKeywordIsNamedWithItsMethodAndProcess) {  // K8
  auto& p = circuit_.process("p") >> snk.advance >> src.advance;
  EXPECT_THAT(p.keywords(), ElementsAre("t", "dt"));

  EXPECT_THAT(error_of([&] { p.run(); }),
              AllOf(HasSubstr("v1: process 'p' needs the keyword 'dt', which snk.advance takes"),
                    HasSubstr("run it with e.g. {.dt = 1}")));
  EXPECT_EQ(src.x.scalar(), 0);
}

TEST_F(ProcessTest, AnUnknownKeywordIsReportedAndNotFatal) {  // K8
  set_log_level(LogLevel::warn);
  auto& p = circuit_.process("p") >> src.advance;

  testing::internal::CaptureStderr();
  p.run({.dt = 1, .more = {{"etta", 1}}});

  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("process 'p': no method takes the keyword 'etta'"));
  EXPECT_EQ(src.x.scalar(), 2);
  EXPECT_THAT(error_of([&] {
                p.run({.more = {{"dt", 1}}});
              }),
              HasSubstr("'dt' is given among the other keywords"));
}

/// Takes the keyword of Cable's rule, with another fallback.
class OtherFallback final : public Component {
 public:
  static constexpr std::string_view type_name = "OtherFallback";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Takes eta = 0.1.";
  struct Params {
    void describe(Parameters&) {}
  };
  OtherFallback(const Setup& setup, const Params&) : Component(setup) {}
  Compartment x{*this, "x", Role::state, {B, 1}, "a value"};
  Method learn{*this, "learn", takes(keyword("eta", 0.1F)), clears(x)};
};

TEST_F(ProcessTest, AKeywordWithAFallbackMayBeLeftOut) {  // F3
  auto& W = circuit_.add<Cable>("W", {});
  W.pre.set(1);
  W.post.set(2);
  auto& p = circuit_.process("p") >> W.learn;

  p.run({.dt = 1});
  EXPECT_EQ(W.weights.scalar(), 2);  // 1 + 0.5 * 2
  p.run({.dt = 1, .more = {{"eta", 1}}});
  EXPECT_EQ(W.weights.scalar(), 4);
  p.scan({{1, 0.5F}});
  EXPECT_EQ(W.weights.scalar(), 5);
}

TEST_F(ProcessTest, AKeywordWithFallbacksThatDifferMustBeGiven) {
  auto& W = circuit_.add<Cable>("W", {});
  auto& other = circuit_.add<OtherFallback>("other", {});
  auto& p = circuit_.process("p") >> W.learn >> other.learn;

  EXPECT_THAT(error_of([&] { p.run({.dt = 1}); }),
              HasSubstr("process 'p' needs the keyword 'eta'"));
  p.run({.dt = 1, .more = {{"eta", 1}}});
}

TEST_F(ProcessTest, KeywordsKeepTheOrderOfFirstUse) {  // F17
  for (int i = 0; i < 100; ++i) {
    Context circuit("v", {.seed = 1});
    auto& s = circuit.add<Snk>("s", {});
    auto& W = circuit.add<Cable>("W", {});
    EXPECT_THAT((circuit.process("p") >> s.advance >> W.learn).keywords(),
                ElementsAre("t", "dt", "eta"));
  }
}

TEST_F(ProcessTest, AScanEqualsAsManyRunsAndStacksWhatIsWatched) {  // K10
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  p.watch(src.x, snk.out);
  const Snapshot start = circuit_.snapshot();
  std::vector<float> singly;
  for (int i = 0; i < 3; ++i)
    singly.push_back(p.run({.t = i * 0.1, .dt = 0.1}).watched[1].floats()[0]);
  const Snapshot end = circuit_.snapshot();
  circuit_.restore(start);

  const Recording r = p.scan(3, {.dt = 0.1});

  EXPECT_EQ(r["snk.out"].shape, (Shape{3, 1, 1}));
  EXPECT_EQ(floats(r["snk.out"]), singly);
  EXPECT_EQ(circuit_.snapshot().words, end.words);

  p.scan(2, {.dt = 0.1}, {.update = false});
  EXPECT_EQ(circuit_.snapshot().words, end.words);
  EXPECT_EQ(p.scan(0, {.dt = 0.1})["src.x"].shape, (Shape{0, 1, 1}));
  EXPECT_THAT(error_of([&] { p.scan(-1, {.dt = 0.1}); }), HasSubstr("process 'p': -1 steps"));
}

/// Remembers the time of each step.
class Clock final : public Component {
 public:
  static constexpr std::string_view type_name = "Clock";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Shows the time.";
  struct Params {
    void describe(Parameters&) {}
  };
  Clock(const Setup& setup, const Params&) : Component(setup) {}

 private:
  struct Constants {
    float t;
  } k_{};
  struct Show {
    static void at(const Constants& k, auto& now) { now = k.t; }
  };

 public:
  Compartment now{*this, "now", Role::output, {B, 1}, "time"};
  Method advance{*this, "advance", takes("t"), each_unit<Show>(k_, writes(now))};
};

TEST_F(ProcessTest, TimeIsTheFloat32OfADoubleProduct) {
  auto& clock = circuit_.add<Clock>("clock", {});
  auto& p = circuit_.process("p") >> clock.advance;
  p.watch(clock.now);

  const auto t = floats(p.scan(4, {.dt = 0.1}, {.first_step = 3})["clock.now"]);
  EXPECT_THAT(t, ElementsAre(float(3 * 0.1), float(4 * 0.1), float(5 * 0.1), float(6 * 0.1)));
  EXPECT_THAT(floats(p.scan(2, {.t = 7})["clock.now"]), ElementsAre(7, 7));
  EXPECT_THAT(error_of([&] { p.scan(2); }), HasSubstr("needs the keyword 'dt'"));
}

TEST_F(ProcessTest, ScansTakeRowsOfKeywords) {  // K9
  auto& clock = circuit_.add<Clock>("clock", {});
  auto& p = circuit_.process("p") >> clock.advance >> src.advance;
  p.watch(clock.now, src.x);

  const Recording r =
      p.scan(p.pack_rows(3, {{"t", [](std::int64_t i) { return float(10 * i); }}, {"dt", 1.0F}}));

  EXPECT_THAT(floats(r["clock.now"]), ElementsAre(0, 10, 20));
  EXPECT_THAT(floats(r["src.x"]), ElementsAre(2, 4, 6));
}

TEST_F(ProcessTest, AScanEndsWhereItIsToldTo) {
  auto& p = circuit_.process("p") >> src.advance;
  int asked = 0;
  Recording r;

  EXPECT_EQ(p.scan_into(r, 10, {.dt = 1}, {.proceed = [&] { return ++asked < 4; }}), 3);

  EXPECT_EQ(src.x.scalar(), 6);
  EXPECT_EQ(p.scan_into(r, 10, {.dt = 1}, {.proceed = [] { return false; }}), 0);
}

TEST_F(ProcessTest, FeedsPutARowBeforeEachStep) {
  auto& free = circuit_.add<Snk>("free", {.n_units = 2});
  auto& p = circuit_.process("p") >> free.advance;
  p.watch(free.out);
  const float rows[] = {1, 2, 3, 4};

  EXPECT_THAT(floats(p.scan(2, {.dt = 1}, {.feeds = {{&free.in, rows, 2}}})["free.out"]),
              ElementsAre(10, 20, 30, 40));
  EXPECT_THAT(floats(p.scan(2, {.dt = 1}, {.feeds = {{&free.in, rows, 0}}})["free.out"]),
              ElementsAre(10, 20, 10, 20));
  EXPECT_THAT(error_of([&] {
                p.scan(1, {.dt = 1}, {.feeds = {{&snk.in, rows, 1}}});
              }),
              HasSubstr("snk.in.set: it is wired from src.x, and so read-only"));
}

// ---- joining
// -----------------------------------------------------------------------------------------------

TEST_F(ProcessTest, JointProcessesConcatenateNestAndRepeat) {  // K12
  auto& a = circuit_.process("a") >> src.advance;
  auto& b = circuit_.process("b") >> a >> snk.advance;
  auto& c = circuit_.process("c") >> b >> a;
  c >> src.reset;

  std::vector<std::string> labels;
  for (const Method* m : c.plan().order) labels.push_back(m->label());
  EXPECT_THAT(labels, ElementsAre("src.advance", "snk.advance", "src.advance", "src.reset"));
  EXPECT_THAT(c.keywords(), ElementsAre("dt", "t"));
  EXPECT_THAT(error_of([&] { a >> c; }), HasSubstr("process 'a' would contain itself through 'c'"));
}

TEST_F(ProcessTest, WhatIsAddedToAChildAnyDepthDownIsRun) {
  auto& a = circuit_.process("a") >> src.advance;
  auto& b = circuit_.process("b") >> a;
  auto& c = circuit_.process("c") >> b;
  c.run({.dt = 1});
  EXPECT_EQ(src.x.scalar(), 2);

  a >> src.advance;
  c.run({.dt = 1});

  EXPECT_EQ(src.x.scalar(), 6);
}

TEST_F(ProcessTest, AWatchedInputShowsWhatItsWireGives) {  // K11
  auto& p = circuit_.process("p") >> snk.advance >> src.advance;
  p.watch(snk.in, src.x);

  const RunResult r = p.run({.t = 0, .dt = 1});

  EXPECT_EQ(r.watched[0].floats()[0], 2);  // the source's value at the end of the run
  EXPECT_EQ(r.watched[1].floats()[0], 2);
}

TEST_F(ProcessTest, CompilingAnewChangesNothing) {  // F7
  auto& a = circuit_.process("a") >> src.advance;
  a.watch(src.x);
  auto& joint = circuit_.process("joint") >> a >> a;
  joint.watch(snk.out);
  for (int i = 0; i < 5; ++i) {
    circuit_.context("unrelated" + std::to_string(i)).add<Src>("s", {});  // makes plans stale
    const RunResult r = joint.run({.dt = 1});
    EXPECT_EQ(r.watched.size(), 3U);
    EXPECT_EQ(r.watched[0].floats()[0], 4 * static_cast<float>(i + 1));
  }
}

TEST_F(ProcessTest, ProcessesKeepToTheirCircuit) {
  Context other("other", {.seed = 1});
  auto& s = other.add<Src>("s", {});
  auto& p = circuit_.process("p");
  EXPECT_THAT(error_of([&] { p >> s.advance; }),
              HasSubstr("process 'p' cannot call s.advance: it belongs to another circuit"));
  EXPECT_THAT(error_of([&] { p >> other.process("q"); }), HasSubstr("process 'p' cannot join 'q'"));
  EXPECT_THAT(error_of([&] { p.watch(s.x); }), HasSubstr("process 'p' cannot watch s.x"));
  EXPECT_THAT(error_of([&] { p.watch(s.x + s.x, {}); }),
              HasSubstr("s.x belongs to another circuit"));
}

// ---- steps share nothing but state
// -------------------------------------------------------------------------

struct Halver {
  static constexpr float helper(float x) { return x / 2; }
  static void work(auto& self, const Step& step) {
    float dt = step.dt;
    dt = helper(dt);  // its own copy
    self.a.own_values()[0] += dt;
  }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(updates(self.a));
  }
};
struct Doubler {
  static constexpr float helper(float x) { return x * 2; }
  static void work(auto& self, const Step& step) {
    if (step.dt > 1) return;  // an early return
    self.a.own_values()[0] += helper(step.dt);
  }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(updates(self.a));
  }
};

TEST_F(ProcessTest, StepsShareNothingButStateAndKeywords) {  // F2
  auto& h = circuit_.add<Probe<Halver>>("h", {});
  auto& d = circuit_.add<Probe<Doubler>>("d", {});

  (circuit_.process("p") >> h.advance >> d.advance).run({.dt = 1});

  EXPECT_EQ(h.a.values()[0], 0.5F);
  EXPECT_EQ(d.a.values()[0], 2);
}

struct Threshold {
  static void work(auto& self, const Step&) {
    auto a = self.a.own_values();
    if (self.in.values()[0] > 2)
      a[0] = 1;
    else
      a[0] = -1;
  }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(reads(self.in), updates(self.a));
  }
};

TEST_F(ProcessTest, BranchesAreTakenAtRunTimeAndEarlyReturnsHonoured) {  // F3
  auto& t = circuit_.add<Probe<Threshold>>("t", {.n_units = 1});
  auto& d = circuit_.add<Probe<Doubler>>("d", {});
  src.x >> t.in;
  auto& p = circuit_.process("p") >> src.advance >> t.advance >> d.advance;
  p.watch(t.a);

  EXPECT_THAT(floats(p.scan(3, {.dt = 1})["t.a"]), ElementsAre(-1, 1, 1));
  EXPECT_EQ(d.a.values()[0], 6);
  p.run({.dt = 2});
  EXPECT_EQ(d.a.values()[0], 6);
}

TEST_F(ProcessTest, WholeMethodsReadTheValueThatTheirPartOfTheProcessSees) {
  auto& t = circuit_.add<Probe<Threshold>>("t", {.n_units = 1});
  src.x >> t.in;
  auto& late = (circuit_.process("late") >> src.advance >> t.advance).synchronous();
  late.watch(t.a);
  auto& now = circuit_.process("now") >> t.advance;
  now.watch(t.a);
  auto& joint = circuit_.process("joint") >> late >> now;
  src.x.set(2);

  joint.watch(t.a, {.name = "after_late", .after = &t.advance, .call = 1});
  const RunResult r = joint.run({.dt = 1});

  EXPECT_EQ(r.watched[2].floats()[0], -1);  // saw 2, from before the step
  EXPECT_EQ(r.watched[1].floats()[0], 1);   // saw 4
}

// ---- watches
// -----------------------------------------------------------------------------------------------

TEST_F(ProcessTest, AWatchMaySitBetweenSteps) {  // A8
  auto& p = circuit_.process("p") >> src.advance >> snk.advance >> src.advance;
  p.watch(src.x, {.name = "between", .after = &src.advance, .call = 1});
  p.watch(src.x, {.name = "last", .after = &src.advance});
  p.watch(src.x, {.name = "end"});

  const RunResult run = p.run({.t = 0, .dt = 1}, {.update = false});
  const Recording r = p.scan(1, {.dt = 1});

  EXPECT_THAT(floats(r["between"]), ElementsAre(2));
  EXPECT_THAT(floats(r["last"]), ElementsAre(4));
  EXPECT_THAT(floats(r["end"]), ElementsAre(4));
  EXPECT_EQ(run.watched[0].floats()[0], 2);
  EXPECT_EQ(run.watched[2].floats()[0], 4);
}

TEST_F(ProcessTest, AWatchAfterWhatIsNotCalledIsRefused) {
  auto& p = circuit_.process("p") >> src.advance;
  p.watch(src.x, {.after = &snk.advance});
  EXPECT_THAT(error_of([&] { p.run({.dt = 1}); }),
              HasSubstr("src.x is watched after snk.advance, which process 'p' does not call"));
  p.clear_watches();
  p.watch(src.x, {.after = &src.advance, .call = 2});
  EXPECT_THAT(error_of([&] { p.run({.dt = 1}); }), HasSubstr("process 'p' calls 1 time"));
  p.clear_watches();
  p.watch(src.x, {.every = 0});
  EXPECT_THAT(error_of([&] { p.run({.dt = 1}); }), HasSubstr("src.x is watched every 0 steps"));
}

TEST_F(ProcessTest, AWatchMayKeepEveryNthStepOfAScan) {  // A8
  auto& p = circuit_.process("p") >> src.advance;
  p.watch(src.x, {.every = 3});
  Recording r;

  p.scan_into(r, 7, {.dt = 1}, {});
  p.scan_into(r, 4, {.dt = 1}, {});

  EXPECT_THAT(floats(r["src.x"]), ElementsAre(6, 12, 20));
}

TEST_F(ProcessTest, ExpressionsMayBeWatched) {  // A8
  auto& p = circuit_.process("p") >> src.advance;
  p.watch(2.0F * src.x + snk.in, {.name = "sum"});
  EXPECT_THAT(floats(p.scan(2, {.dt = 1})["sum"]), ElementsAre(6, 12));
  EXPECT_EQ(p.run({.dt = 1}).watched[0].floats()[0], 18);
}

TEST_F(ProcessTest, ProbesFreeTheirSlots) {
  auto& p = circuit_.process("p") >> src.advance;
  const auto slots = circuit_.state().slot_count();
  p.watch(src.x + snk.in, {});
  EXPECT_GT(circuit_.state().slot_count(), slots);
  p.clear_watches();
  EXPECT_EQ(circuit_.state().slot_count(), slots);
}

TEST_F(ProcessTest, TwoThingsAreNotRecordedUnderOneName) {
  auto& p = circuit_.process("p") >> src.advance;
  p.watch(src.x, {.name = "it"});
  p.watch(src.y, {.name = "it"});
  EXPECT_THAT(error_of([&] { p.scan(1, {.dt = 1}); }),
              HasSubstr("process 'p' watches two things as 'it'"));
}

TEST_F(ProcessTest, AWatchInTheMidstDisturbsNothing) {
  auto &a = circuit_.add<Relay>("a", {}), &b = circuit_.add<Relay>("b", {}),
       &c = circuit_.add<Relay>("c", {});
  a.out >> b.in;
  b.out >> a.in;           // cut: declared last among the loop's
  (a.in + src.x) >> c.in;  // reads through the cut
  auto& command =
      circuit_.command("go", {.methods = {"advance", "relax"}, .only = {"a", "b", "c"}});
  b.out.set(1);
  const auto run = [&] {
    const Snapshot start = circuit_.snapshot();
    command.scan(3, {.dt = 1});
    auto sums = floats(c.sum);
    circuit_.restore(start);
    return sums;
  };
  const auto unwatched = run();
  command.watch(c.in, {.after = &c.advance});
  EXPECT_EQ(run(), unwatched);
}

TEST_F(ProcessTest, ADelayedCompartmentShowsWhatItGaveInTheStep) {
  auto& late = circuit_.add<Snk>("late", {});
  delayed(src.x) >> late.in;
  auto& p = circuit_.process("p") >> src.advance >> late.advance;
  p.watch(late.in, late.out);

  const Recording r = p.scan(3, {.dt = 1});

  EXPECT_THAT(floats(r["late.in"]), ElementsAre(0, 2, 4));
  EXPECT_THAT(floats(r["late.out"]), ElementsAre(0, 20, 40));
}

// ---- what is only looked at
// --------------------------------------------------------------------------------

TEST_F(ProcessTest, WhatIsOnlyLookedAtIsExactWhereverItIsSeen) {
  auto& W = circuit_.add<Cable>("W", {});
  src.x >> W.pre;
  W.post.set(1);
  auto& p = circuit_.process("p") >> src.advance >> W.learn;

  p.scan(5, {.dt = 1});
  EXPECT_EQ(W.dW.scalar(), 10);  // of the last step
  int asked = 0;
  p.scan(5, {.dt = 1}, {.proceed = [&] { return ++asked < 3; }});
  EXPECT_EQ(W.dW.scalar(), 14);  // also where the scan was ended early

  p.watch(W.dW);
  EXPECT_THAT(floats(p.scan(3, {.dt = 1})["W.dW"]), ElementsAre(16, 18, 20));
  p.clear_watches();
  auto& k = circuit_.add<Relay>("k", {});
  W.dW >> k.in;
  p >> k.relax;
  p.scan(2, {.dt = 1});
  EXPECT_EQ(k.sum.scalar(), 22 + 24);
}

// ---- profiles, threads
// -------------------------------------------------------------------------------------

TEST_F(ProcessTest, ProfilesCountCallsAndTime) {  // A16
  circuit_.verify_accesses(false);
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  p.plan().profiling = true;

  p.scan(1000, {.dt = 1});

  ASSERT_EQ(p.plan().profile.size(), 2U);
  for (const CallProfile& call : p.plan().profile) {
    EXPECT_EQ(call.calls, 1000U);
    EXPECT_GT(call.nanoseconds, 0U);
  }
}

/// The shortest of several times that some steps of a small chain take, its names of that length.
double seconds_with_names_of(std::size_t length) {
  Context circuit("v", {.seed = 1});
  circuit.verify_accesses(false);
  auto& s = circuit.add<Src>("s" + std::string(length, 'x'), {});
  auto& k = circuit.add<Snk>("k" + std::string(length, 'x'), {});
  (s.x + s.x) >> k.in;
  auto& p = circuit.process("p") >> s.advance >> k.advance;
  p.watch(k.out, {.name = "out"});
  double best = 1e9;
  for (int i = 0; i < 9; ++i) {
    const auto start = std::chrono::steady_clock::now();
    p.scan(20'000, {.dt = 1});
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

TEST_F(ProcessTest, AStepTakesNoLongerWhereNamesAreLong) {  // A17: no look-up is left for it
  // To compare or hash one such path takes longer than the whole step.
  EXPECT_LT(seconds_with_names_of(100'000), 3 * seconds_with_names_of(1));
}

TEST_F(ProcessTest, AStepTakesNoLongerWhereOtherComponentsAreMany) {  // F18
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  const std::size_t calls = p.plan().calls.size();
  for (int i = 0; i < 50; ++i)
    circuit_.context("other" + std::to_string(i)).add<Src>("s", {.n_units = 1000});

  EXPECT_EQ(p.plan().calls.size(), calls);
  EXPECT_EQ(p.plan().components.size(), 2U);
}

TEST_F(ProcessTest, DenormalsAreFlushedAndTheCallersModeRestored) {
  auto& s = circuit_.add<Src>("s", {.v = 1e-39F, .gain = 0});
  auto& k = circuit_.add<Snk>("k", {});
  s.x >> k.in;

  circuit_.process("p").then(k.advance).run({.t = 0, .dt = 1});

  EXPECT_EQ(k.out.scalar(), 0);
  volatile float tiny = 1e-39F;
  EXPECT_GT(tiny * 0.5F, 0);
}

TEST_F(ProcessTest, TwoCircuitsRunInTwoThreads) {  // F18
  std::vector<float> results(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < results.size(); ++i)
      threads.emplace_back([&results, i] {
        Context circuit("v", {.seed = 1});
        auto& s = circuit.add<Src>("s", {.v = 0});
        auto& k = circuit.add<Snk>("k", {});
        (s.x + s.x) >> k.in;
        auto& p = circuit.process("p") >> s.advance >> k.advance;
        p.watch(k.out);
        circuit.command("reset").run();
        for (int n = 0; n < 20; ++n) p.scan(50, {.dt = 1});
        results[i] = k.out.scalar();
      });
  }
  EXPECT_THAT(results, testing::Each(2 * 2 * 1000 * 10));
}

}  // namespace
}  // namespace plexus::test

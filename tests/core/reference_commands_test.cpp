// The commands that ngc-sim-lib 1.x had (A7; reference runtime, section 14.3), one test a row: how
// each is said here. `save` comes with saving.

#include <gmock/gmock.h>

#include "plexus/core/log.h"
#include "tests/support/components.h"

namespace plexus::test {
namespace {

using testing::Each;
using testing::ElementsAre;

class ReferenceCommands : public testing::Test {
 protected:
  ReferenceCommands() : before_(set_log_level(LogLevel::error)) {
    install_compilers();
    src.x >> snk.in;
  }
  ~ReferenceCommands() override { set_log_level(before_); }

  Context circuit_{"v1", {.seed = 1}};
  Src& src = circuit_.add<Src>("src", {.v = 1});
  Snk& snk = circuit_.add<Snk>("snk", {});
  Cable& W = circuit_.add<Cable>("W", {});

 private:
  LogLevel before_;
};

TEST_F(ReferenceCommands, AdvanceStateIsTheCommandOfThatMethod) {
  circuit_.command("advance").run({.t = 0, .dt = 1});

  EXPECT_EQ(src.x.scalar(), 3);
  EXPECT_EQ(snk.out.scalar(), 30);
}

TEST_F(ReferenceCommands, EvolveIsFrozenByLeavingItOut) {
  W.pre.set(1);
  W.post.set(2);
  auto& learn = circuit_.command("learn");
  auto& advance = circuit_.command("advance");
  auto& step = circuit_.process("step") >> advance >> learn;

  step.run({.t = 0, .dt = 1});
  EXPECT_EQ(W.weights.scalar(), 2);
  advance.run({.t = 1, .dt = 1});  // frozen

  EXPECT_EQ(W.weights.scalar(), 2);
  EXPECT_EQ(src.x.scalar(), 5);
}

TEST_F(ReferenceCommands, ResetResetsAll) {
  circuit_.command("advance").run({.t = 0, .dt = 1});

  circuit_.command("reset").run();

  EXPECT_EQ(src.x.scalar(), 0);
  EXPECT_EQ(snk.out.scalar(), 0);
}

TEST_F(ReferenceCommands, ClampSetsACompartmentOnce) {
  circuit_.component("src")["x"].set(5);
  auto& p = circuit_.process("p") >> src.advance;
  p.run({.dt = 1});

  EXPECT_EQ(src.x.scalar(), 7);
}

TEST_F(ReferenceCommands, ClampHoldsACompartmentInEveryStep) {
  auto& p = circuit_.process("p") >> src.advance;
  p.watch(src.x);
  const float five = 5;

  EXPECT_THAT(floats(p.scan(3, {.dt = 1}, {.feeds = {{&src.x, &five, 0}}})["src.x"]), Each(7));
}

TEST_F(ReferenceCommands, MulticlampSetsACompartmentOfAllThatHaveIt) {
  auto& free = circuit_.add<Snk>("free", {});

  for (Component* c : circuit_.all_components())
    if (Compartment* in = c->find_compartment("in"); in != nullptr && !in->targeted()) in->set(4);
  circuit_.command("advance").run({.t = 0, .dt = 1});

  EXPECT_EQ(free.out.scalar(), 40);
  EXPECT_EQ(snk.out.scalar(), 30);  // wired: it has its source's
}

TEST_F(ReferenceCommands, TrackAppendsToARecording) {
  auto& p = circuit_.process("p") >> src.advance >> snk.advance;
  p.watch(src.x, snk.out);
  Recording tracked;
  for (int i = 0; i < 2; ++i) p.scan_into(tracked, 1, {.dt = 1}, {});

  EXPECT_THAT(floats(tracked["src.x"]), ElementsAre(3, 5));
  EXPECT_THAT(floats(tracked["snk.out"]), ElementsAre(30, 50));
}

TEST_F(ReferenceCommands, SnapshotIsACopyOfAllValues) {
  const StateMap seen = circuit_.values();
  src.x.set(9);

  EXPECT_EQ(seen.at("v1:src:x").floats()[0], 1);
}

TEST_F(ReferenceCommands, SeedGivesAllTheirStreamsAnew) {
  auto& dice = circuit_.add<Dice>("dice", {});
  const auto drawn = [&] {
    circuit_.reseed(3);
    dice.advance.run();
    return floats(dice.x);
  };

  const auto once = drawn();
  dice.advance.run();
  EXPECT_NE(floats(dice.x), once);

  EXPECT_EQ(drawn(), once);
}

TEST_F(ReferenceCommands, CompoundRunsCommandsInSeries) {
  auto& all = circuit_.process("all") >> circuit_.command("reset") >> circuit_.command("advance");
  all.run({.t = 0, .dt = 1});

  EXPECT_EQ(src.x.scalar(), 2);
  EXPECT_EQ(snk.out.scalar(), 20);
}

}  // namespace
}  // namespace plexus::test

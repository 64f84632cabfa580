#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace plexus {
namespace {

using nlohmann::json;
using test::Outcome;
using testing::HasSubstr;
using testing::StartsWith;

/// The commands that look at a model and run nothing.
class Look : public test::ProgramTest {
 protected:
  Look() {
    write("good.yaml", R"(plexus: 1
seed: 1
parameters: {n: 3}
components:
  x: {type: PoissonCell, n_units: 4, target_freq: 60.0}
  W: {type: StaticSynapse, shape: [4, $(n)]}
  cell: {type: LIFCell, n_units: $(n), tau_m: 20.0, resist_m: 1.0}
wires:
  - x.outputs >> W.inputs
  - W.outputs >> cell.j
processes:
  advance: x.advance_state >> W.advance_state >> cell.advance_state
  reset: {command: reset}
protocol:
  - {run: advance, steps: 3, dt: 1.0}
watch: [cell.v]
)");
    write("bad.yaml", R"(plexus: 1
seed: 1
components:
  W: {type: StaticSynaps, shape: [4, 3]}
  V: {type: StaticSynapse, shape: [4, 3]}
wires:
  - V.outptus >> V.inputs
)");
  }
};

TEST_F(Look, CheckHasNothingToSayOfAGoodModel) {
  const Outcome good = plexus({"check", "good.yaml"});

  EXPECT_EQ(good.status, 0);
  EXPECT_EQ(good.out, "");
  EXPECT_EQ(good.err, "good.yaml: no problems\n");
  EXPECT_EQ(plexus({"check", "good.yaml", "--quiet"}).err, "");
  EXPECT_EQ(json::parse(plexus({"check", "good.yaml", "--json"}).out), json::array());
}

TEST_F(Look, CheckReportsEveryProblemAtOnce) {
  const Outcome bad = plexus({"check", "bad.yaml"});

  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.out, HasSubstr("bad.yaml:4:13: error: "));
  EXPECT_THAT(bad.out, HasSubstr("did you mean 'StaticSynapse'?"));
  EXPECT_THAT(bad.out, HasSubstr("bad.yaml:7:5: error: "));
  EXPECT_THAT(bad.out, HasSubstr("did you mean 'outputs'?"));
  EXPECT_EQ(bad.err, "");
}

TEST_F(Look, CheckGivesProblemsAsJson) {
  const Outcome bad = plexus({"check", "good.yaml", "bad.yaml", "--json"});

  EXPECT_EQ(bad.status, 1);
  const json problems = json::parse(bad.out);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0]["file"], "bad.yaml");
  EXPECT_EQ(problems[0]["line"], 4);
  EXPECT_EQ(problems[0]["column"], 13);
  EXPECT_EQ(problems[0]["severity"], "error");
}

TEST_F(Look, CheckGoesOnAfterAFileThatIsNotThere) {
  const Outcome both = plexus({"check", "nothing.yaml", "bad.yaml"});

  EXPECT_EQ(both.status, 1);
  EXPECT_THAT(both.out, HasSubstr("nothing.yaml"));
  EXPECT_THAT(both.out, HasSubstr("bad.yaml:4:13"));
}

TEST_F(Look, CheckLooksAtTheHeadersOfData) {
  write("data.yaml", test::bytes_of(in("good.yaml")) + "data: {p: {file: nowhere.npy}}\n");

  const Outcome bad = plexus({"check", "data.yaml"});
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.out, HasSubstr("nowhere.npy"));
}

TEST_F(Look, GraphWritesDotToStdout) {
  const Outcome dot = plexus({"graph", "good.yaml"});

  EXPECT_EQ(dot.status, 0);
  EXPECT_THAT(dot.out, StartsWith("digraph \"good\" {"));
  EXPECT_THAT(dot.out, HasSubstr("[label=<outputs → inputs>]"));
  EXPECT_EQ(dot.err, "");
}

TEST_F(Look, GraphDrawsToAFile) {
  const Outcome drawn = plexus({"graph", "good.yaml", "-o", "circuit.svg", "--process", "advance"});

  EXPECT_EQ(drawn.status, 0);
  EXPECT_EQ(drawn.out, "");
  EXPECT_EQ(drawn.err, "wrote circuit.svg\n");
  EXPECT_THAT(test::bytes_of(in("circuit.svg")), HasSubstr("advance_state"));
}

TEST_F(Look, GraphTakesSettings) {
  EXPECT_THAT(plexus({"graph", "good.yaml", "--set", "n=9"}).out, HasSubstr("4 → 9"));
}

TEST_F(Look, GraphRefusesOtherSuffixes) {
  const Outcome refused = plexus({"graph", "good.yaml", "-o", "circuit.bmp"});

  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("name it .svg, .png, .dot or .json"));
}

TEST_F(Look, GraphAndExplainTellTheProblemsOfAModel) {
  for (const char* command : {"graph", "explain"}) {
    const Outcome bad = plexus({command, "bad.yaml"});
    EXPECT_EQ(bad.status, 1);
    EXPECT_EQ(bad.out, "");
    EXPECT_THAT(bad.err, HasSubstr("bad.yaml:4:13: error: "));
  }
}

TEST_F(Look, ExplainTellsTheOrderOfEveryProcess) {
  const Outcome told = plexus({"explain", "good.yaml"});

  EXPECT_EQ(told.status, 0);
  EXPECT_THAT(told.out, StartsWith("process 'advance'"));
  EXPECT_THAT(told.out, HasSubstr("process 'reset'"));
  EXPECT_THAT(told.out, HasSubstr("cell.j <- W.outputs   (this step)"));
  EXPECT_EQ(told.err, "");
}

TEST_F(Look, ExplainTellsOfOneProcess) {
  EXPECT_THAT(plexus({"explain", "good.yaml", "reset"}).out, StartsWith("process 'reset'"));

  const Outcome refused = plexus({"explain", "good.yaml", "advanec"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("did you mean 'advance'?"));
}

}  // namespace
}  // namespace plexus

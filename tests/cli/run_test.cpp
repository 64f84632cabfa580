#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plexus/core/io/npz.h"
#include "tests/cli/program.h"

namespace plexus {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
using test::bytes_of;
using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class Run : public test::ProgramTest {
 protected:
  Run() {
    write("spikes.yaml", circuit_ + R"(
protocol:
  - run: reset
  - {run: advance, steps: $(T), dt: 1.0, clamp: {x.inputs: 0.5}}
  - record: [W.weights]
watch: [x.outputs, cell.v]
output:
  mosaic: {W.weights: {tile: [2, 2]}}
)");
    write("unending.yaml", circuit_ + R"(
protocol:
  - {run: advance, steps: 2000, dt: 1.0}
  - log: it begins
  - {run: advance, steps: 1000000000, dt: 1.0}
watch: [{compartment: cell.v, every: 1000}]
)");
    write("circuit.yaml", circuit_);
  }

  static json last_line(const std::string& text) {
    const std::size_t start = text.rfind('\n', text.size() - 2);
    return json::parse(text.substr(start == std::string::npos ? 0 : start + 1));
  }
  [[nodiscard]] Tensor recorded(const std::string& file, const char* name) const {
    return NpzReader(in(file)).read(name);
  }

  const std::string circuit_ = R"(plexus: 1
seed: 1
parameters: {T: 20}
components:
  x: {type: PoissonCell, n_units: 4, target_freq: 600.0}
  W: {type: StaticSynapse, shape: [4, 3]}
  cell: {type: LIFCell, n_units: 3, tau_m: 20.0, resist_m: 10.0}
wires:
  - x.outputs >> W.inputs
  - W.outputs >> cell.j
processes:
  advance: x.advance_state >> W.advance_state >> cell.advance_state
  reset: {command: reset}
)";
};

TEST_F(Run, AgreesWithAReferenceRecording) {
  const std::string name = "BCMSynapse/open_loop_from_negative_theta";
  ASSERT_EQ(plexus({"run", golden(name + ".yaml").string(), "--out", "a.npz"}).status, 0);

  const Outcome compared =
      plexus({"diff", "a.npz", golden(name + ".npz").string(), "--atol-scale", "1e-5"});
  EXPECT_EQ(compared.status, 0) << compared.out;
}

TEST_F(Run, WritesTheRecordingToItsDirectoryAndSaysWhere) {
  const Outcome run = plexus({"run", "spikes.yaml"});

  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("wrote runs/spikes/recording.npz\n"));
  EXPECT_THAT(run.err, testing::ContainsRegex("wrote runs/spikes/.*W\\.weights.*\\.png\n"));
  EXPECT_EQ(recorded("runs/spikes/recording.npz", "cell.v").shape, (Shape{20, 1, 3}));
  const json provenance =
      json::parse(NpzReader(in("runs/spikes/recording.npz")).text("provenance.json"));
  EXPECT_EQ(provenance["seed"], 1);
}

TEST_F(Run, WritesElsewhereIfTold) {
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--dir", "here/there"}).status, 0);
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--out", "deep/a.npz"}).status, 0);

  EXPECT_TRUE(fs::exists(in("here/there/recording.npz")));
  EXPECT_TRUE(fs::exists(in("deep/a.npz")));
  EXPECT_FALSE(fs::exists(in("runs/spikes/recording.npz")));
}

TEST_F(Run, GivesTheSameBytesAgain) {
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--out", "a.npz"}).status, 0);
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--out", "b.npz", "--threads", "2", "--profile"}).status,
            0);

  EXPECT_EQ(bytes_of(in("a.npz")), bytes_of(in("b.npz")));
}

TEST_F(Run, TakesASeedAndSettings) {
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--out", "a.npz"}).status, 0);
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--out", "b.npz", "--seed", "2", "--set", "T=20"}).status,
            0);
  ASSERT_EQ(plexus({"run", "spikes.yaml", "--out", "c.npz", "--set", "T=5", "--set", "T=7"}).status,
            0);

  EXPECT_NE(recorded("a.npz", "x.outputs"), recorded("b.npz", "x.outputs"));
  EXPECT_EQ(recorded("c.npz", "cell.v").shape, (Shape{7, 1, 3}));
}

TEST_F(Run, EndsStdoutWithItsTimes) {
  const Outcome run = plexus({"run", "spikes.yaml", "--time", "--profile"});

  const json times = last_line(run.out);
  EXPECT_EQ(times["steps"], 21);
  EXPECT_EQ(times["threads"], 1);
  EXPECT_GT(times["setup_s"], 0.0);
  EXPECT_GT(times["run_s"], 0.0);
  EXPECT_GT(times["peak_rss_mb"], 1);
  EXPECT_EQ(times.size(), 5U);
}

TEST_F(Run, ProfilesEachMethod) {
  const Outcome run = plexus({"run", "spikes.yaml", "--profile"});

  EXPECT_THAT(run.out, testing::ContainsRegex("method +ms +share +calls"));
  EXPECT_THAT(run.out, testing::ContainsRegex("cell\\.advance_state +[0-9.]+ +[0-9.]+ % +20 "));
  EXPECT_THAT(run.out, testing::ContainsRegex("cell\\.reset +[0-9.]+ +[0-9.]+ % +1 "));
}

TEST_F(Run, IsQuietIfTold) {
  const Outcome run = plexus({"run", "spikes.yaml", "--quiet", "--threads", "4"});

  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "");
}

TEST_F(Run, GivesTheSameBytesOnAnyNumberOfThreads) {
  const Outcome two =
      plexus({"run", "spikes.yaml", "--threads", "2", "--time", "--out", "two.npz"});
  EXPECT_EQ(two.status, 0) << two.err;
  EXPECT_THAT(two.out, HasSubstr("\"threads\": 2"));

  EXPECT_EQ(plexus({"run", "spikes.yaml", "--out", "one.npz"}).status, 0);
  EXPECT_EQ(bytes_of(in("one.npz")), bytes_of(in("two.npz")));
  EXPECT_THAT(plexus({"run", "spikes.yaml", "--threads", "1000"}).err,
              HasSubstr("1000 threads; expected 1 to 256"));
}

TEST_F(Run, RunsAProcessOfAModelWithoutProtocol) {
  write("watched.yaml", circuit_ + "watch: [cell.v]\n");

  const Outcome run = plexus({"run", "watched.yaml", "--process", "advance", "--steps", "6", "--dt",
                              "0.5", "--out", "a.npz"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(recorded("a.npz", "cell.v").shape, (Shape{6, 1, 3}));
}

TEST_F(Run, RefusesAModelWithoutProtocolAndNamesItsProcesses) {
  const Outcome refused = plexus({"run", "circuit.yaml"});

  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("has no protocol"));
  EXPECT_THAT(refused.err, HasSubstr("--process advance"));
  EXPECT_EQ(plexus({"run", "circuit.yaml", "--steps", "3"}).status, 2);
  EXPECT_THAT(plexus({"run", "circuit.yaml", "--process", "advance"}).err,
              HasSubstr("add e.g. --dt 1"));
}

TEST_F(Run, SaysThatNothingWasRecorded) {
  const Outcome run = plexus({"run", "circuit.yaml", "--process", "reset"});

  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.err, HasSubstr("nothing was recorded"));
  EXPECT_FALSE(fs::exists(in("runs")));
}

TEST_F(Run, TellsTheProblemsOfAModelOnStderr) {
  write("bad.yaml", "plexus: 1\ncomponents:\n  W: {type: StaticSynaps}\n");

  const Outcome bad = plexus({"run", "bad.yaml", "--quiet"});
  EXPECT_EQ(bad.status, 1);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("bad.yaml:3:13: error: "));
}

TEST_F(Run, RefusesAPlaceThatCannotBeWrittenBeforeItRuns) {
  write("file", "");

  const Outcome refused = plexus({"run", "unending.yaml", "--out", "file/a.npz"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("file/a.npz cannot be written"));
  EXPECT_EQ(plexus({"run", "unending.yaml", "--out", "."}).status, 1);
}

TEST_F(Run, EndsAfterTheStepWhenInterruptedAndKeepsWhatWasRecorded) {
  Running run(in(""), {"run", "unending.yaml", "--out", "a.npz", "--time"}, false, {});
  ASSERT_TRUE(run.waits_for("it begins"));
  run.interrupt();
  const Outcome interrupted = run.finish();

  EXPECT_EQ(interrupted.status, 130);
  EXPECT_THAT(interrupted.err, HasSubstr("interrupted after "));
  EXPECT_THAT(interrupted.err, HasSubstr("wrote a.npz"));
  const std::int64_t steps = last_line(interrupted.out)["steps"];
  EXPECT_EQ(recorded("a.npz", "cell.v").shape[0], 2 + (steps - 2000) / 1000);
}

TEST_F(Run, ShowsHowFarItIsOnATerminal) {
  Running run(in(""), {"run", "unending.yaml"}, true, {});
  EXPECT_TRUE(run.waits_for(" of 1000002000 steps"));
  run.interrupt();
  const Outcome interrupted = run.finish();

  EXPECT_EQ(interrupted.status, 130);
  EXPECT_THAT(interrupted.err, HasSubstr("\r\x1b[K"));
  EXPECT_THAT(plexus({"run", "spikes.yaml"}).err, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace plexus

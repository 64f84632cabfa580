// What a protocol does when it runs, where no recording of the reference shows it.

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/random/key.h"
#include "plexus/plexus.h"
#include "tests/core/io/files.h"

namespace plexus::model {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

/// A cell that hands its input on (zF = j), one that counts its steps (z += dt), and a few data.
constexpr const char* kHead = R"(plexus: 1
seed: 5
components:
  a: {type: RateCell, n_units: 2, tau_m: 0}
  n: {type: RateCell, n_units: 1, tau_m: 1}
processes:
  step: a.advance_state >> n.advance_state
  relay: [a.advance_state]
  reset: {command: reset}
data:
  pairs: {file: pairs.csv}
  films: {file: films.npy}
)";

/// y = gain x + bias, both keywords of a run.
class Keyed final : public Component {
 public:
  static constexpr std::string_view type_name = "Keyed";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "y = gain x + bias.";
  struct Params {
    void describe(Parameters& /*d*/) {}
  };
  Keyed(const Setup& setup, const Params& /*params*/) : Component(setup) {}
  void prepare(const Step& step) override { k_ = {step["gain"], step["bias"]}; }

 private:
  struct Constants {
    float gain, bias;
  } k_{};
  struct Line {
    static void at(const Constants& k, auto x, auto& y) { y = k.gain * x + k.bias; }
  };

 public:
  Compartment x{*this, "x", plexus::Role::input, {B, 1}, "input"};
  Compartment y{*this, "y", plexus::Role::output, {B, 1}, "output"};
  Method advance{*this, "advance", takes("gain", keyword("bias", 0.5F)),
                 each_unit<Line>(k_, reads(x), writes(y))};
  Method reset{*this, "reset", clears(x, y)};
};
PLEXUS_REGISTER(Keyed);

class ModelRun : public test::InFolder {
 protected:
  void SetUp() override {
    before_ = set_log_level(LogLevel::error);
    write("pairs.csv", "1,2\n3,4\n5,6\n");
    std::string films;  // (2, 3, 2): two samples of three steps
    for (int i = 0; i < 12; ++i) films += test::raw(static_cast<float>(i));
    write("films.npy", test::npy_of("<f4", "(2, 3, 2)", films));
  }
  void TearDown() override { set_log_level(before_); }

  /// Builds the head with `more` behind it, and runs it.
  Model& run(const std::string& more, const std::string& head = kHead) {
    Diagnostics diagnostics;
    model_ = load_model(write("m.yaml", head + more), {}, diagnostics);
    if (model_ == nullptr) throw std::runtime_error(diagnostics.print());
    model_->run({});
    return *model_;
  }
  std::vector<float> recorded(const std::string& name) {
    const Tensor all = model_->recording()[name];
    return {all.floats().begin(), all.floats().end()};
  }
  std::unique_ptr<Model> model_;

 private:
  LogLevel before_ = LogLevel::info;
};

TEST_F(ModelRun, FeedsSamplesThatVaryInTimeStepByStep) {
  run(R"(protocol:
  - for: films
    do: [{run: relay, steps: 3, dt: 1, clamp: {a.j: {data: films, steps_axis: 1}}}]
watch: [a.zF]
)");

  EXPECT_THAT(recorded("a.zF"), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
}

TEST_F(ModelRun, FeedsABatchOfSamplesThatVaryInTimeSideBySide) {
  run(R"(defaults: {batch_size: 2}
protocol:
  - {for: films, batch: 2, do: [{run: relay, steps: 3, dt: 1, clamp: {a.j: films, steps_axis: 1}}]}
watch: [a.zF]
)");

  EXPECT_EQ(model_->recording()["a.zF"].shape, (Shape{3, 2, 2}));
  EXPECT_THAT(recorded("a.zF"), ElementsAre(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11));
}

TEST_F(ModelRun, HoldsAClampUnderRunInEveryStepAndAClampBesideItOnce) {
  run(R"(protocol:
  - clamp: {n.j: 1}
  - {run: step, steps: 3, dt: 1, clamp: {a.j: [7, 8]}}
watch: [a.zF, n.z]
)");

  EXPECT_THAT(recorded("a.zF"), ElementsAre(7, 8, 7, 8, 7, 8));
  EXPECT_THAT(recorded("n.z"), ElementsAre(1, 2, 3));  // an unwired j stays as it was set
}

TEST_F(ModelRun, ActsInEachNthTurnAndCountsTurnsAcrossEpochs) {
  run(R"(protocol:
  - for: pairs
    epochs: 2
    do:
      - clamp: {a.j: pairs, n.z: $(i)}
      - {run: relay, dt: 1}
      - {every: 2, do: [{record: [n.z, a.zF]}]}
)");

  EXPECT_THAT(recorded("n.z"), ElementsAre(1, 3, 5));
  EXPECT_THAT(recorded("a.zF"), ElementsAre(3, 4, 1, 2, 5, 6));
}

TEST_F(ModelRun, FillsTheLastBatchFromThePassOrDropsWhatIsLeft) {
  const std::string loop = R"(defaults: {batch_size: 2}
protocol:
  - {for: pairs, batch: 2, remainder: REST, do: [{clamp: {a.j: pairs}}, {run: relay, dt: 1}]}
watch: [a.zF]
)";
  const auto with = [&](const std::string& rest) {
    std::string text = loop;
    return text.replace(text.find("REST"), 4, rest);
  };

  run(with("fill"));
  EXPECT_THAT(recorded("a.zF"), ElementsAre(1, 2, 3, 4, 5, 6, 1, 2));
  run(with("drop"));
  EXPECT_THAT(recorded("a.zF"), ElementsAre(1, 2, 3, 4));
}

TEST_F(ModelRun, KeepsEveryNthStepOfEachRun) {
  run(R"(protocol:
  - clamp: {n.j: 1}
  - {run: step, steps: 5, dt: 1}
  - {run: step, steps: 3, dt: 1}
watch: [{compartment: n.z, every: 2}]
)");

  EXPECT_THAT(recorded("n.z"), ElementsAre(2, 4, 7));
}

TEST_F(ModelRun, RecordsResetsOnlyForAWatchThatNamesThem) {
  run(R"(protocol:
  - {run: step, dt: 1, clamp: {n.j: 1}}
  - run: reset
watch: [n.z]
)");
  EXPECT_THAT(recorded("n.z"), ElementsAre(1));

  run(R"(protocol:
  - {run: step, dt: 1, clamp: {n.j: 1}}
  - run: reset
watch: [{compartment: n.z, process: reset}]
)");
  EXPECT_THAT(recorded("n.z"), ElementsAre(0));
}

TEST_F(ModelRun, TakesAWatchsProcessForTheOneThatIsRun) {
  run(R"(protocol:
  - {run: relay, dt: 1, clamp: {a.j: 1}}
  - {run: step, dt: 1, clamp: {a.j: 2}}
watch: [{compartment: a.zF, process: relay}, {compartment: n.z, process: step}]
)");

  EXPECT_THAT(recorded("a.zF"), ElementsAre(1, 1));
  EXPECT_EQ(model_->recording()["n.z"].shape, (Shape{1, 1, 1}));
}

TEST_F(ModelRun, LetsRowsOfWatchesAndRecordsOfOneNameFollowEachOther) {
  run(R"(protocol:
  - {run: relay, dt: 1, clamp: {a.j: 1}}
  - clamp: {a.zF: 9}
  - record: [a.zF]
  - {run: relay, dt: 1, clamp: {a.j: 2}}
watch: [a.zF]
)");

  EXPECT_THAT(recorded("a.zF"), ElementsAre(1, 1, 9, 9, 2, 2));
}

TEST_F(ModelRun, DrawsFromItsStreamInOrderOfExecution) {
  run(R"(protocol:
  - {for: pairs, shuffle: true, epochs: 2, do: [{clamp: {a.j: pairs}}, {run: relay, dt: 1}]}
  - {run: relay, steps: 2, dt: 1, clamp: {a.j: {uniform: {low: 0, high: 1}}, n.j: {constant: {value: 3}}}}
  - {clamp: {a.j: {uniform: {low: 0, high: 1}}}}
  - {run: relay, dt: 1}
watch: [a.zF]
)");

  const auto key = [](std::uint32_t k) {
    return fold_in(fold_in(Key::from_seed(5), 0xFFFFFFFF), k);
  };
  std::vector<float> expected;
  for (const std::uint32_t pass : {0U, 1U})
    for (const std::int32_t sample : permutation(key(pass), 3))
      for (const int offset : {1, 2}) expected.push_back(static_cast<float>(2 * sample + offset));
  for (const std::uint32_t draw : {2U, 2U, 3U}) {  // under `run` once; a constant draws nothing
    const Tensor drawn = init::uniform().draw({1, 2}, key(draw));
    expected.insert(expected.end(), drawn.floats().begin(), drawn.floats().end());
  }
  EXPECT_THAT(recorded("a.zF"), ElementsAreArray(expected));
}

TEST_F(ModelRun, ShufflesWhatTheLimitLeaves) {
  run(R"(protocol:
  - {for: pairs, shuffle: true, limit: 2, do: [{clamp: {a.j: pairs}}, {run: relay, dt: 1}]}
watch: [a.zF]
)");

  std::vector<float> expected;
  for (const std::int32_t sample :
       permutation(fold_in(fold_in(Key::from_seed(5), 0xFFFFFFFF), 0), 2))
    for (const int offset : {1, 2}) expected.push_back(static_cast<float>(2 * sample + offset));
  EXPECT_THAT(recorded("a.zF"), ElementsAreArray(expected));
}

TEST_F(ModelRun, GivesKeysInOrderOfDeclarationNestedOnesWhereTheyStand) {
  write("inner.yaml", R"(plexus: 1
components: {p: {type: PoissonCell, n_units: 1}, q: {type: PoissonCell, n_units: 1}}
)");
  Context& circuit = run("protocol: []\n", R"(plexus: 1
seed: 5
contexts: {in: {model: inner.yaml}}
components:
  own: {type: PoissonCell, n_units: 1, key: 1234}
  words: {type: PoissonCell, n_units: 1, key: [7, 8]}
  last: {type: PoissonCell, n_units: 1}
)")
                         .context();

  const auto child = [](std::uint64_t i) { return split_at(Key::from_seed(5), i); };
  EXPECT_EQ(circuit.component("in.p").key.key(), child(0));
  EXPECT_EQ(circuit.component("in.q").key.key(), child(1));
  EXPECT_EQ(circuit.component("own").key.key(), Key::from_seed(1234));
  EXPECT_EQ(circuit.component("words").key.key(), (Key{7, 8}));
  EXPECT_EQ(circuit.component("last").key.key(), child(4));
}

constexpr const char* kKeyed = R"(plexus: 1
seed: 1
components: {k: {type: Keyed}}
processes: {go: [k.advance]}
watch: [k.y]
)";

TEST_F(ModelRun, GivesMethodsTheKeywordsOfTheRun) {
  run(R"(protocol:
  - clamp: {k.x: 2}
  - {run: go, gain: 3}
  - {run: go, gain: 0.25, bias: -1}
  - {repeat: 2, do: [{run: go, gain: $(i), t: 4, dt: 0.5}]}
)",
      kKeyed);

  EXPECT_THAT(recorded("k.y"), ElementsAre(6.5F, -0.5F, 0.5F, 2.5F));
}

TEST_F(ModelRun, IsRefusedWhereAMethodLacksAKeywordThatHasNoDefault) {
  Diagnostics diagnostics;
  const auto file =
      write("m.yaml", std::string(kKeyed) + "protocol: [{run: go, bias: 1, gian: 2}]\n");

  EXPECT_EQ(load_model(file, {}, diagnostics), nullptr);

  EXPECT_THAT(
      diagnostics.print(),
      testing::AllOf(testing::HasSubstr("no method of process 'go' takes the keyword 'gian'"),
                     testing::HasSubstr("did you mean 'gain'?"), testing::HasSubstr("k.advance"),
                     testing::HasSubstr("'gain'")));
}

TEST_F(ModelRun, GivesADelayedWireTheInitialValueFirst) {
  run(R"(protocol:
  - clamp: {a.zF: 4}
  - {run: late, steps: 3, dt: 1, clamp: {a.j: [[[1, 1]], [[2, 2]], [[3, 3]]]}}
watch: [b.zF]
)",
      R"(plexus: 1
seed: 1
components:
  a: {type: RateCell, n_units: 2, tau_m: 0}
  b: {type: RateCell, n_units: 2, tau_m: 0}
wires: [{wire: a.zF >> b.j, delayed: true}]
processes: {late: a.advance_state >> b.advance_state}
)");

  EXPECT_THAT(recorded("b.zF"), ElementsAre(4, 4, 1, 1, 2, 2));
}

TEST_F(ModelRun, SetsByExpressionsAndNormalises) {
  run(R"(protocol:
  - set: {V.weights: transpose(W.weights)}
  - normalize: {W.weights: {norm: 1}}
  - record: [V.weights, W.weights]
)",
      R"(plexus: 1
seed: 1
components:
  W: {type: DenseSynapse, shape: [2, 3], weight_init: [[1, 2, 3], [3, 2, 1]]}
  V: {type: DenseSynapse, shape: [3, 2]}
)");

  EXPECT_THAT(recorded("V.weights"), ElementsAre(1, 3, 2, 2, 3, 1));
  EXPECT_THAT(recorded("W.weights"), ElementsAre(0.25F, 0.5F, 0.75F, 0.75F, 0.5F, 0.25F));
}

TEST_F(ModelRun, TakesNullForAWordThatMayBeNone) {
  Diagnostics diagnostics;
  const auto model = load_model(write("m.yaml", R"(plexus: 1
seed: 1
components:
  a: {type: RateCell, n_units: 4, tau_m: 10, use_lateral: true, n_patch: 2, fx_lat: null, Wl_prior: [null, 0]}
)"),
                                {}, diagnostics);

  EXPECT_EQ(diagnostics.print(), "");
  ASSERT_NE(model, nullptr);
}

TEST_F(ModelRun, TakesFilesOfWholeNumbersForArrays) {
  std::string whole;
  for (const std::int64_t v : {10, 20}) whole += test::raw(v);
  write("whole.npy", test::npy_of("<i8", "(1, 2)", whole));
  Context& circuit = run("protocol: []\n", R"(plexus: 1
seed: 1
components:
  e: {type: GaussianErrorCell, n_units: 2, sigma: {file: whole.npy}}
  c: {type: LIFCell, n_units: 2, tau_m: {file: whole.npy}}
)")
                         .context();

  EXPECT_THAT(circuit.compartment("e.Sigma").values(), ElementsAre(10, 20));
}

}  // namespace
}  // namespace plexus::model

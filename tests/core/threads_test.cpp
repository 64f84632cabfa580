// Circuits of different threads share nothing that changes (F18). Fit for ThreadSanitizer:
//
//     cmake --preset tsan && ninja -C build/tsan core_test && build/tsan/tests/core_test
//     --gtest_filter='Threads.*'

#include <latch>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/plexus.h"
#include "tests/support/components.h"

namespace plexus::test {
namespace {

class Threads : public testing::Test {
 protected:
  Threads() : before_(set_log_level(LogLevel::error)) {}
  ~Threads() override { set_log_level(before_); }

  /// f(0) and f(1), begun at the same moment in two threads.
  template <class F>
  static auto side_by_side(F f) {
    decltype(f(0)) first{}, second{};
    std::latch both{2};
    std::thread one([&] {
      both.arrive_and_wait();
      first = f(0);
    });
    std::thread other([&] {
      both.arrive_and_wait();
      second = f(1);
    });
    one.join();
    other.join();
    return std::pair{std::move(first), std::move(second)};
  }

 private:
  LogLevel before_;
};

/// All values of a circuit with noise, plasticity, operators, a cut cycle and a part, after it has
/// been built, run in every way, looked at, changed and run again.
StateMap life_of_a_circuit(std::uint32_t seed) {
  Context circuit("v1", {.seed = seed});
  auto& in = circuit.add<PoissonCell>("in", {.n_units = 12, .target_freq = 200});
  auto& W =
      circuit.add<TraceSTDPSynapse>("W", {.shape = {12, 6}, .A_plus = 0.1F, .A_minus = 0.01F});
  auto& cell =
      circuit.add<LIFCell>("cell", {.n_units = 6, .tau_m = 20, .resist_m = 30, .one_spike = true});
  auto& L = circuit.add<StaticSynapse>(
      "L", {.shape = {6, 6}, .weight_init = init::constant(-0.5).hollow()});
  auto& pre = circuit.add<VarTrace>("pre", {.n_units = 12, .tau_tr = 20, .a_delta = 0.5F});
  auto& post = circuit.add<VarTrace>("post", {.n_units = 6, .tau_tr = 20, .a_delta = 0.5F});
  auto& V =
      circuit.add<BCMSynapse>("V", {.shape = {6, 4}, .tau_w = 40, .tau_theta = 20, .theta0 = 1});
  auto& rate = circuit.context("deep").add<RateCell>(
      "rate", {.n_units = 4, .tau_m = 10, .act_fx = "tanh", .use_lateral = true, .n_patch = 2});
  in.outputs >> W.inputs;
  (W.outputs + apply("Clip", {L.outputs}, {-2, 0})) >> cell.j;
  cell.s >> L.inputs;
  in.outputs >> pre.inputs;
  cell.s >> post.inputs;
  in.outputs >> W.preSpike;
  pre.trace >> W.preTrace;
  delayed(cell.s) >> W.postSpike;
  post.trace >> W.postTrace;
  apply("Delay", {post.trace}, {3}) >> V.inputs;
  V.outputs >> rate.j;
  post.trace >> V.pre;
  rate.zF >> V.post;
  in.inputs.set(0.7F);

  auto& step = circuit.command("step", {.methods = {"advance_state", "evolve"}});
  step.watch(cell.s, W.weights);
  step.watch(cell.s + post.trace, {.name = "sum", .every = 2, .after = &post.advance_state});
  static_cast<void>(step.explain());
  const Recording recording = step.scan(60, {.dt = 1});
  step.run({.t = 60, .dt = 1}, {.update = false});
  const Snapshot snapshot = circuit.snapshot();
  circuit.command("reset").run();
  circuit.restore(snapshot);
  circuit.set_batch_size(2);
  circuit.reseed(seed + 7);
  step.scan(20, {.dt = 0.5});
  try {
    circuit.wire(in.outputs, cell.j);  // refused: wired already
  } catch (const Error&) {
  }

  StateMap values = circuit.values();
  values["watched"] = recording["cell.s"];
  values["sum"] = recording["sum"];
  return values;
}

TEST_F(Threads, TwoCircuitsLiveSideBySideAsTheyDoAlone) {
  const StateMap alone[] = {life_of_a_circuit(1), life_of_a_circuit(2)};
  ASSERT_NE(alone[0], alone[1]);

  for (int round = 0; round < 3; ++round) {
    const auto [first, second] =
        side_by_side([](std::uint32_t i) { return life_of_a_circuit(i + 1); });
    EXPECT_EQ(first, alone[0]);
    EXPECT_EQ(second, alone[1]);
  }
}

/// What a recorded model's file gives, array by array.
std::vector<Tensor> recorded(std::uint32_t which) {
  const char* const files[] = {"BCMSynapse/spiking_loop_with_traces.yaml",
                               "PoissonCell/images_shuffled_into_a_trace.yaml"};
  model::Diagnostics diagnostics;
  const auto model = model::load_model(
      std::string(PLEXUS_SOURCE_DIR "/tests/golden/") + files[which], {}, diagnostics);
  if (model == nullptr) return {};
  model->run({});
  std::vector<Tensor> all;
  for (const auto& series : model->recording().all()) all.push_back(series->tensor());
  return all;
}

TEST_F(Threads, TwoModelFilesRunSideBySideAsTheyDoAlone) {
  const std::vector<Tensor> alone[] = {recorded(0), recorded(1)};
  ASSERT_FALSE(alone[0].empty());
  ASSERT_FALSE(alone[1].empty());

  const auto [first, second] = side_by_side(recorded);

  EXPECT_EQ(first, alone[0]);
  EXPECT_EQ(second, alone[1]);
}

}  // namespace
}  // namespace plexus::test

// A plastic step against the machine's memory: one read
// of W (forward) and one read-modify-write (evolve).

#include <benchmark/benchmark.h>

#include "machine.h"
#include "plexus/compilers/compilers.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/core/context.h"
#include "plexus/core/log.h"

namespace plexus {
namespace {

constexpr std::int64_t kSteps = 200;

/// Forward and evolve of an n x n BCMSynapse, batch 1. `of_bound` is (t_read + t_rmw) / t_step.
void BM_BCMSynapse_Step(benchmark::State& state) {
  install_compilers();
  set_log_level(LogLevel::error);
  const auto n = state.range(0);
  Context circuit("bench", {.seed = 1});
  auto& W = circuit.add<BCMSynapse>(
      "W", {.shape = {n, n}, .tau_w = 400, .tau_theta = 20, .theta0 = 1, .w_decay = 0.01F});
  W.inputs.set(init::uniform(0, 1), Key::from_seed(1));
  W.pre.set(init::uniform(0, 1), Key::from_seed(1));
  W.post.set(init::uniform(0, 1), Key::from_seed(2));
  auto& step = circuit.process("step") >> W.advance_state >> W.evolve;
  const auto weights = static_cast<std::size_t>(n * n);
  double limit = bench::time_of_reading(weights) + bench::time_of_updating(weights);

  step.scan(kSteps, {.dt = 1});
  for (auto _ : state) step.scan(kSteps, {.dt = 1});

  // Once more: what neighbours leave of the memory's speed changes.
  limit = std::min(limit, bench::time_of_reading(weights) + bench::time_of_updating(weights));
  const auto steps = static_cast<double>(state.iterations() * kSteps);
  state.SetItemsProcessed(state.iterations() * kSteps * n * n);  // synapses
  state.counters["us_per_step"] =
      benchmark::Counter(steps * 1e-6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["bound_us"] = limit * 1e6;
  state.counters["of_bound"] = benchmark::Counter(steps * limit, benchmark::Counter::kIsRate);
}
BENCHMARK(BM_BCMSynapse_Step)
    ->Arg(64)
    ->Arg(256)
    ->Arg(1024)
    ->Arg(4096)
    ->Unit(benchmark::kMillisecond);

/// The forward product alone, and the rule alone.
void BM_BCMSynapse_Part(benchmark::State& state) {
  install_compilers();
  set_log_level(LogLevel::error);
  const auto n = state.range(0);
  const bool evolves = state.range(1) != 0;
  Context circuit("bench", {.seed = 1});
  auto& W = circuit.add<BCMSynapse>(
      "W", {.shape = {n, n}, .tau_w = 400, .tau_theta = 20, .theta0 = 1, .w_decay = 0.01F});
  W.inputs.set(init::uniform(0, 1), Key::from_seed(1));
  W.pre.set(init::uniform(0, 1), Key::from_seed(1));
  W.post.set(init::uniform(0, 1), Key::from_seed(2));
  auto& part = circuit.process("part") >> (evolves ? W.evolve : W.advance_state);
  const auto weights = static_cast<std::size_t>(n * n);
  const double limit = evolves ? bench::time_of_updating(weights) : bench::time_of_reading(weights);

  part.scan(kSteps, {.dt = 1});
  for (auto _ : state) part.scan(kSteps, {.dt = 1});

  const auto steps = static_cast<double>(state.iterations() * kSteps);
  state.counters["us_per_step"] =
      benchmark::Counter(steps * 1e-6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["bound_us"] = limit * 1e6;
  state.counters["of_bound"] = benchmark::Counter(steps * limit, benchmark::Counter::kIsRate);
}
BENCHMARK(BM_BCMSynapse_Part)
    ->ArgNames({"n", "evolve"})
    ->Args({1024, 0})
    ->Args({1024, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plexus

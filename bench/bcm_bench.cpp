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

BCMSynapse& add_synapse(Context& circuit, std::int64_t n) {
  auto& W = circuit.add<BCMSynapse>(
      "W", {.shape = {n, n}, .tau_w = 400, .tau_theta = 20, .theta0 = 1, .w_decay = 0.01F});
  W.inputs.set(init::uniform(0, 1), Key::from_seed(1));
  W.pre.set(init::uniform(0, 1), Key::from_seed(1));
  W.post.set(init::uniform(0, 1), Key::from_seed(2));
  return W;
}

/// What a step took and what the memory allows, `limit` in seconds; plain numbers, in microseconds.
void report(benchmark::State& state, double seconds, double limit) {
  const double step = seconds / static_cast<double>(state.iterations() * kSteps);
  state.counters["us_per_step"] = step * 1e6;
  state.counters["bound_us"] = limit * 1e6;
  state.counters["of_bound"] = limit / step;
}

/// Forward and evolve of an n x n BCMSynapse, batch 1. `of_bound` is (t_read + t_rmw) / t_step.
void BM_BCMSynapse_Step(benchmark::State& state) {
  install_compilers();
  set_log_level(LogLevel::error);
  const auto n = state.range(0);
  Context circuit("bench", {.seed = 1});
  auto& W = add_synapse(circuit, n);
  auto& step = circuit.process("step") >> W.advance_state >> W.evolve;
  const auto weights = static_cast<std::size_t>(n * n);
  double limit = bench::time_of_reading(weights) + bench::time_of_updating(weights);

  step.scan(kSteps, {.dt = 1});
  const bench::Stopwatch watch;
  for (auto _ : state) step.scan(kSteps, {.dt = 1});
  const double seconds = watch.seconds();

  // Once more: what neighbours leave of the memory's speed changes.
  limit = std::min(limit, bench::time_of_reading(weights) + bench::time_of_updating(weights));
  state.SetItemsProcessed(state.iterations() * kSteps * n * n);  // synapses
  report(state, seconds, limit);
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
  auto& W = add_synapse(circuit, n);
  auto& part = circuit.process("part") >> (evolves ? W.evolve : W.advance_state);
  const auto weights = static_cast<std::size_t>(n * n);
  const double limit = evolves ? bench::time_of_updating(weights) : bench::time_of_reading(weights);

  part.scan(kSteps, {.dt = 1});
  const bench::Stopwatch watch;
  for (auto _ : state) part.scan(kSteps, {.dt = 1});
  report(state, watch.seconds(), limit);
}
BENCHMARK(BM_BCMSynapse_Part)
    ->ArgNames({"n", "evolve"})
    ->Args({1024, 0})
    ->Args({1024, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plexus

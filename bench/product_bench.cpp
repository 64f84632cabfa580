// Products against the machine's limits, measured in the same run: the fused operations of one core
// for a batch, one read of W for a single sample. Of each instruction set.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <new>
#include <vector>

#include <benchmark/benchmark.h>

#include "machine.h"
#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/each_set.h"
#include "plexus/core/kernels/outer_tile.h"
#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/tile.h"
#include "plexus/core/random/draws.h"

namespace plexus::detail {
namespace {

struct Free {
  void operator()(float* p) const { ::operator delete (p, std::align_val_t{64}); }
};
using Values = std::unique_ptr<float[], Free>;

Values drawn(std::int64_t n, float density = 1) {
  Values v(static_cast<float*>(
      ::operator new (static_cast<std::size_t>(n) * sizeof(float), std::align_val_t{64})));
  const Key key = Key::from_seed(1);
  for (std::int64_t i = 0; i < n; ++i) {
    const float u = uniform_at(key, static_cast<std::uint64_t>(i));
    v[static_cast<std::size_t>(i)] = u < density ? u / density - 0.25F : 0.0F;
  }
  return v;
}

/// A tile of sums whose factors stay in the first-level cache.
struct Peak {
  static constexpr std::int64_t kDepth = 128;
  struct Arguments {
    const float *x, *w;
    float* sums;
  };
  template <class Set>
  PLEXUS_INLINE static void run(const Arguments& a) {
    constexpr int N = Set::kWidth, R = Set::kSamples;
    Vector<N> sums[R][2];
    sum_tile<N>(sums, a.x, kDepth, 1, kDepth,
                [&](std::int64_t k, auto c, Vector<N>& w)
                    PLEXUS_INLINE_LAMBDA { load<N>(w, a.w + (k * 2 + c) * N); });
    each<R, 2>([&](auto r, auto c)
                   PLEXUS_INLINE_LAMBDA { store<N>(a.sums + (r * 2 + c) * N, sums[r][c]); });
  }
  template <class Set>
  static double flops() {
    return 4.0 * static_cast<double>(kDepth) * Set::kWidth * Set::kSamples;
  }
};

/// Fused operations a second, times two.
double peak(InstructionSet set) {
  const Values x = drawn(8 * Peak::kDepth), w = drawn(32 * Peak::kDepth), sums = drawn(256);
  const auto loop = EachSet<Peak, Peak::Arguments>::kAll.of[static_cast<std::size_t>(set)];
  constexpr int kTimes = 1000, kRounds = 20;
  double least = 1;
  for (int i = 0; i < kRounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    for (int j = 0; j < kTimes; ++j) loop({x.get(), w.get(), sums.get()});
    benchmark::ClobberMemory();
    least = std::min(
        least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  const double flops = set == InstructionSet::avx512 ? Peak::flops<Avx512>()
                       : set == InstructionSet::avx2 ? Peak::flops<Avx2>()
                                                     : Peak::flops<Baseline>();
  return flops * kTimes / least;
}

/// The set of a benchmark, or the reason why there is nothing to measure.
bool chosen(benchmark::State& state, InstructionSet& set) {
  set = static_cast<InstructionSet>(state.range(0));
  if (has(set)) return true;
  state.SkipWithError("this machine lacks the set");
  return false;
}

/// The best of many short batches: neighbours come and go.
template <class Run>
double least_time(benchmark::State& state, Run run) {
  double least = 1;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    run();
    benchmark::ClobberMemory();
    const double time =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    least = std::min(least, time);
    state.SetIterationTime(time);
  }
  return least;
}

/// A product of a batch: `of_peak` is its share of the core's fused operations.
void product_of_batch(benchmark::State& state, bool transposed) {
  InstructionSet set{};
  if (!chosen(state, set)) return;
  const std::int64_t batch = state.range(1), pre = state.range(2), cols = state.range(3);
  const Values x = drawn(batch * std::max(pre, cols)), W = drawn(pre * cols);
  const Values y = drawn(batch * std::max(pre, cols));
  const auto kernels = transposed ? transposed_kernels(batch) : product_kernels(batch);
  const ProductKernel kernel = kernels.of[static_cast<std::size_t>(set)];
  const ProductArguments a{.x = x.get(),
                           .W = W.get(),
                           .y = y.get(),
                           .batch = batch,
                           .pre = pre,
                           .cols = cols,
                           .to = transposed ? cols : pre};
  const double limit = peak(set);
  const double time = least_time(state, [&] { kernel(a); });
  const double speed = 2.0 * static_cast<double>(batch * pre * cols) / time;
  state.counters["GFLOPs"] = speed * 1e-9;
  state.counters["of_peak"] = speed / std::max(limit, peak(set));
}
void BM_Product_Batch(benchmark::State& state) {
  product_of_batch(state, false);
}
void BM_TransposedProduct_Batch(benchmark::State& state) {
  product_of_batch(state, true);
}
void batches(benchmark::internal::Benchmark* b) {
  b->ArgNames({"set", "batch", "n", "m"})->UseManualTime()->Unit(benchmark::kMicrosecond);
  for (const std::int64_t set : {2, 1})
    for (const auto& [batch, n, m] : std::vector<std::array<std::int64_t, 3>>{{2, 1024, 1024},
                                                                              {8, 1024, 1024},
                                                                              {32, 64, 64},
                                                                              {32, 1024, 1024},
                                                                              {32, 2048, 2048},
                                                                              {250, 784, 512},
                                                                              {250, 512, 512},
                                                                              {250, 512, 10},
                                                                              {250, 10, 512}})
      b->Args({set, batch, n, m});
}
BENCHMARK(BM_Product_Batch)->Apply(batches);
BENCHMARK(BM_TransposedProduct_Batch)->Apply(batches);

/// A product of one sample: `of_reading` is a read of W over it.
void product_of_sample(benchmark::State& state, bool transposed) {
  InstructionSet set{};
  if (!chosen(state, set)) return;
  const std::int64_t pre = state.range(1), cols = state.range(2);
  const Values x = drawn(std::max(pre, cols)), W = drawn(pre * cols),
               y = drawn(std::max(pre, cols));
  const auto kernels = transposed ? transposed_kernels(1) : product_kernels(1);
  const ProductKernel kernel = kernels.of[static_cast<std::size_t>(set)];
  const ProductArguments a{.x = x.get(),
                           .W = W.get(),
                           .y = y.get(),
                           .pre = pre,
                           .cols = cols,
                           .to = transposed ? cols : pre};
  constexpr std::int64_t kWeightsOfABatch = 1 << 20;
  const std::int64_t times = std::max<std::int64_t>(1, kWeightsOfABatch / (pre * cols));
  double limit = bench::time_of_reading(static_cast<std::size_t>(pre * cols));
  const double time = least_time(state,
                                 [&] {
                                   for (std::int64_t i = 0; i < times; ++i) kernel(a);
                                 }) /
                      static_cast<double>(times);
  limit = std::min(limit, bench::time_of_reading(static_cast<std::size_t>(pre * cols)));
  state.counters["ns_each"] = time * 1e9;
  state.counters["of_reading"] = limit / time;
}
void BM_Product_Sample(benchmark::State& state) {
  product_of_sample(state, false);
}
void BM_TransposedProduct_Sample(benchmark::State& state) {
  product_of_sample(state, true);
}
void samples(benchmark::internal::Benchmark* b) {
  b->ArgNames({"set", "n", "m"})->UseManualTime()->Unit(benchmark::kMicrosecond);
  for (const std::int64_t set : {2, 1})
    for (const auto& [n, m] : std::vector<std::array<std::int64_t, 2>>{
             {8, 8}, {64, 64}, {256, 256}, {1024, 1024}, {2048, 2048}, {4096, 4096}})
      b->Args({set, n, m});
}
BENCHMARK(BM_Product_Sample)->Apply(samples);
BENCHMARK(BM_TransposedProduct_Sample)->Apply(samples);

/// Spikes of a share of the units, listed and gathered: `speedup` over the dense kernel.
void BM_Product_Gathered(benchmark::State& state) {
  InstructionSet set{};
  if (!chosen(state, set)) return;
  const auto at = static_cast<std::size_t>(set);
  const std::int64_t batch = state.range(1), pre = state.range(2), cols = state.range(3);
  const Values x = drawn(batch * pre, static_cast<float>(state.range(4)) / 100);
  const Values W = drawn(pre * cols), y = drawn(batch * cols);
  std::vector<std::vector<std::uint32_t>> units(
      static_cast<std::size_t>(batch),
      std::vector<std::uint32_t>(static_cast<std::size_t>(pre + kVector)));
  std::vector<ActiveList> lists;
  for (auto& u : units) lists.push_back({u.data(), 0});
  const ProductArguments a{.x = x.get(),
                           .W = W.get(),
                           .y = y.get(),
                           .batch = batch,
                           .pre = pre,
                           .cols = cols,
                           .active = lists.data(),
                           .to = pre};
  const ListKernel list_units = list_kernels().of[at];
  const ProductKernel gather = gathered_kernels().of[at], dense = product_kernels(batch).of[at];
  double dense_time = 1;
  const double time = least_time(state, [&] {
    for (std::int64_t b = 0; b < batch; ++b) {
      ActiveList& list = lists[static_cast<std::size_t>(b)];
      list.count = list_units(x.get() + b * pre, pre, list.units);
    }
    gather(a);
  });
  for (int i = 0; i < 100; ++i) {
    const auto start = std::chrono::steady_clock::now();
    dense(a);
    benchmark::ClobberMemory();
    dense_time =
        std::min(dense_time,
                 std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  state.counters["speedup"] = dense_time / time;
}
BENCHMARK(BM_Product_Gathered)
    ->ArgNames({"set", "batch", "n", "m", "percent"})
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond)
    ->ArgsProduct({{2, 1}, {1}, {784}, {400}, {5, 20, 50}})
    ->ArgsProduct({{2, 1}, {16}, {784}, {1600}, {2, 8, 12, 20}});

/// All tiles of the outer products of a batch, packed.
void BM_OuterTiles(benchmark::State& state) {
  InstructionSet set{};
  if (!chosen(state, set)) return;
  const std::int64_t batch = state.range(1), n = state.range(2);
  const Values x = drawn(batch * n), y = drawn(batch * n), sums = drawn(kOuterRows * kOuterCols);
  const Values xs = drawn(packed_size(batch, n, kOuterRows)),
               ys = drawn(packed_size(batch, n, kOuterCols));
  const OuterKernel kernel = outer_kernels().of[static_cast<std::size_t>(set)];
  const double limit = peak(set);
  const double time = least_time(state, [&] {
    pack_panels(x.get(), batch, n, kOuterRows, xs.get());
    pack_panels(y.get(), batch, n, kOuterCols, ys.get());
    for (std::int64_t i = 0; i < n; i += kOuterRows)
      for (std::int64_t j = 0; j < n; j += kOuterCols)
        kernel({xs.get() + i * batch, kOuterRows, ys.get() + j * batch, kOuterCols, batch,
                kOuterRows, kOuterCols, sums.get()});
  });
  const double speed = 2.0 * static_cast<double>(batch * n * n) / time;
  state.counters["GFLOPs"] = speed * 1e-9;
  state.counters["of_peak"] = speed / std::max(limit, peak(set));
}
BENCHMARK(BM_OuterTiles)
    ->ArgNames({"set", "batch", "n"})
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond)
    ->ArgsProduct({{2, 1}, {1, 8, 32, 128}, {1024}});

/// What lists cost a unit.
void BM_ListActive(benchmark::State& state) {
  InstructionSet set{};
  if (!chosen(state, set)) return;
  const std::int64_t n = state.range(1);
  const Values x = drawn(n, 0.05F);
  std::vector<std::uint32_t> units(static_cast<std::size_t>(n + kVector));
  const ListKernel list_units = list_kernels().of[static_cast<std::size_t>(set)];
  constexpr int kTimes = 100;
  const double time = least_time(state, [&] {
    for (int i = 0; i < kTimes; ++i) benchmark::DoNotOptimize(list_units(x.get(), n, units.data()));
  });
  state.counters["ns_a_unit"] = time * 1e9 / static_cast<double>(kTimes * n);
}
BENCHMARK(BM_ListActive)
    ->ArgNames({"set", "n"})
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond)
    ->ArgsProduct({{2, 1, 0}, {784, 4096}});

}  // namespace
}  // namespace plexus::detail

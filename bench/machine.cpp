#include "machine.h"

#include <algorithm>
#include <new>

#include <benchmark/benchmark.h>

namespace plexus::bench {
namespace {

// The machine's widest registers: the limit is the memory's, not the instruction set's.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define PLEXUS_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PLEXUS_WIDEST
#endif

constexpr std::size_t kLanes = 128;  // independent sums: the adder's latency is hidden

PLEXUS_WIDEST float read(const float* a, std::size_t n) {
  float sums[kLanes] = {};
  for (std::size_t i = 0; i + kLanes <= n; i += kLanes)
    for (std::size_t j = 0; j < kLanes; ++j) sums[j] += a[i + j];
  float sum = 0;
  for (const float s : sums) sum += s;
  return sum;
}

PLEXUS_WIDEST void update(float* a, std::size_t n, float factor) {
  for (std::size_t i = 0; i < n; ++i) a[i] *= factor;
}

class Memory {
 public:
  explicit Memory(std::size_t n)
      : values_(static_cast<float*>(::operator new (n * sizeof(float), std::align_val_t{64}))) {
    std::fill_n(values_, n, 0.5F);
  }
  ~Memory() { ::operator delete (values_, std::align_val_t{64}); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  [[nodiscard]] float* data() const { return values_; }

 private:
  float* values_;
};

template <class F>
double least_time(F pass) {
  constexpr int kPasses = 40;
  double least = 1;
  for (int i = 0; i < kPasses; ++i) {
    const Stopwatch watch;
    pass();
    least = std::min(least, watch.seconds());
  }
  return least;
}

}  // namespace

double time_of_reading(std::size_t n) {
  const Memory memory(n);
  return least_time([&] { benchmark::DoNotOptimize(read(memory.data(), n)); });
}

double time_of_updating(std::size_t n) {
  const Memory memory(n);
  return least_time([&] {
    update(memory.data(), n, 1.0F);
    benchmark::ClobberMemory();
  });
}

}  // namespace plexus::bench

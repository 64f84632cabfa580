#include "plexus/cli/measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "plexus/core/kernels/vector.h"
#include "plexus/core/kernels/widest.h"

namespace plexus::cli {
namespace {

using Clock = std::chrono::steady_clock;
const Clock::time_point start = Clock::now();

double seconds_from(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

double measure_copy(std::size_t bytes) {
  constexpr double kSeconds = 3e-3;
  constexpr int kTimes = 3;  // of which the best counts
  std::vector<char> from(bytes / 2, 1), to(bytes / 2, 2);
  double best = 0;
  for (int i = 0; i < kTimes; ++i) {
    std::size_t copied = 0;
    const auto begin = Clock::now();
    double seconds = 0;
    for (std::size_t batch = 1; seconds < kSeconds; batch *= 2) {
      for (std::size_t k = 0; k < batch; ++k) {
        std::memcpy(to.data(), from.data(), from.size());
        asm volatile("" : : "g"(to.data()) : "memory");  // the copy counts as used
      }
      copied += batch * 2 * from.size();
      seconds = seconds_from(begin);
    }
    best = std::max(best, static_cast<double>(copied) / seconds);
  }
  return best;
}

/// Independent sums: they hide how long one takes.
constexpr int kSums = 96;
constexpr int kRounds = 4096;

void multiply_and_add(float* sums) {
  detail::run_widest([&]() PLEXUS_INLINE_LAMBDA {
    float local[kSums];
    std::copy_n(sums, kSums, local);
    for (int round = 0; round < kRounds; ++round)
      for (float& sum : local) sum = __builtin_fmaf(sum, 0.999F, 0.001F);
    std::copy_n(local, kSums, sums);
  });
}

}  // namespace

double seconds_since_start() {
  return seconds_from(start);
}

std::int64_t peak_memory() {
  // Not getrusage: what it gives may be a parent's, from before the exec.
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      std::int64_t kilobytes = 0;
      status >> kilobytes;
      return (kilobytes + 1023) / 1024;
    }
  return 0;
}

double copy_speed(double bytes) {
  static std::map<int, double> measured;
  const int power =
      std::clamp(static_cast<int>(std::lround(std::log2(std::max(bytes, 1.0)))), 12, 26);
  const auto [found, is_new] = measured.try_emplace(power, 0);
  if (is_new) found->second = measure_copy(std::size_t{1} << static_cast<unsigned>(power));
  return found->second;
}

double flop_speed() {
  static const double speed = [] {
    constexpr int kTimes = 40;
    float sums[kSums] = {};
    double best = 0;
    for (int i = 0; i < kTimes; ++i) {
      const auto begin = Clock::now();
      multiply_and_add(sums);
      asm volatile("" : : "g"(&sums[0]) : "memory");
      best = std::max(best, 2.0 * kSums * kRounds / seconds_from(begin));
    }
    return best;
  }();
  return speed;
}

}  // namespace plexus::cli

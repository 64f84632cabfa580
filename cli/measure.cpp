#include "plexus/cli/measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

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

}  // namespace plexus::cli

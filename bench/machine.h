#pragma once

#include <chrono>
#include <cstddef>

namespace plexus::bench {

/// The least time, in seconds, to read `n` floats once, and to read and write each in place, of
/// several passes over warm memory: what bounds a kernel that must do as much.
double time_of_reading(std::size_t n);
double time_of_updating(std::size_t n);

/// Times a benchmark's loop: the library's own rates are printed with a unit of theirs.
class Stopwatch {
 public:
  /// Seconds since it was made.
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

}  // namespace plexus::bench

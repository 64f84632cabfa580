#pragma once

#include <cstdint>
#include <vector>

namespace plexus {

/// Windows of streams: how many there are, how far apart, how they shrink.
struct Windows {
  int n_in_streams = 1, width = 1, stride = 1, dilation = 1;
  float convergent_factor = 0;
};

/// Which input streams each output stream reads, slot by slot; `kDead` where a slot reads none.
class StreamMap {
 public:
  static constexpr int kDead = -1;

  /// Output stream s reads stride s, and on in steps of `dilation`. With convergent_factor c > 0
  /// the windows shrink away from the middle, down to one stream; slots beyond that, and those that
  /// would read past the last stream, are dead.
  static StreamMap forward(const Windows& windows);
  /// Output stream i reads the output streams of `map` that read i, in order.
  [[nodiscard]] StreamMap inverted() const;

  [[nodiscard]] int inputs() const noexcept { return inputs_; }
  [[nodiscard]] int outputs() const noexcept { return outputs_; }
  [[nodiscard]] int slots() const noexcept { return slots_; }
  /// The input stream that slot p of output stream s reads, or kDead.
  [[nodiscard]] int at(int s, int p) const {
    return streams_[static_cast<std::size_t>(s * slots_ + p)];
  }
  /// The first slot of output stream s that reads input stream n.
  [[nodiscard]] int slot_of(int s, int n) const;

 private:
  StreamMap(int inputs, int outputs, int slots);
  int& entry(int s, int p) { return streams_[static_cast<std::size_t>(s * slots_ + p)]; }

  int inputs_, outputs_, slots_;
  std::vector<int> streams_;  // (outputs, slots)
};

}  // namespace plexus

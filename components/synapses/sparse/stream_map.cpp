#include "plexus/components/synapses/sparse/stream_map.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

namespace plexus {
namespace {

/// The number that a user wrote as 0.4: the widths round as they do in double.
double as_written(float number) {
  return std::stod(fmt::format("{}", number));
}

/// The width of the window at `distance` from `middle`, before it is rounded.
double shrunk(const Windows& w, double distance, double middle) {
  return w.width * (1 - as_written(w.convergent_factor) * std::abs(distance) / middle);
}

/// How many windows fit. The reference counts by other widths than it then uses: they are
/// truncated, and their middle is that of the strides.
int count(const Windows& w) {
  const double middle = std::max(1, w.n_in_streams / w.stride) / 2.0;
  int s = 0;
  for (;; ++s) {
    const int width = w.convergent_factor > 0
                          ? std::max(1, static_cast<int>(shrunk(w, s - middle, middle)))
                          : w.width;
    if (s * w.stride + (width - 1) * w.dilation >= w.n_in_streams) break;
  }
  return std::max(1, s);
}

}  // namespace

StreamMap::StreamMap(int inputs, int outputs, int slots)
    : inputs_(inputs),
      outputs_(outputs),
      slots_(slots),
      streams_(static_cast<std::size_t>(outputs) * static_cast<std::size_t>(slots), kDead) {}

StreamMap StreamMap::forward(const Windows& w) {
  StreamMap map(w.n_in_streams, count(w), w.width);
  const double middle = map.outputs_ / 2.0;
  for (int s = 0; s < map.outputs_; ++s) {
    const int width =
        w.convergent_factor > 0
            ? std::max(1, static_cast<int>(std::nearbyint(shrunk(w, s - middle, middle))))
            : w.width;
    for (int p = 0; p < std::min(width, w.width); ++p) {
      const int stream = s * w.stride + p * w.dilation;
      if (stream < w.n_in_streams) map.entry(s, p) = stream;
    }
  }
  return map;
}

StreamMap StreamMap::inverted() const {
  std::vector<std::vector<int>> readers(static_cast<std::size_t>(inputs_));
  for (int s = 0; s < outputs_; ++s)
    for (int p = 0; p < slots_; ++p)
      if (const int stream = at(s, p); stream != kDead)
        readers[static_cast<std::size_t>(stream)].push_back(s);
  std::size_t most = 1;
  for (const auto& list : readers) most = std::max(most, list.size());
  StreamMap map(outputs_, inputs_, static_cast<int>(most));
  for (int i = 0; i < inputs_; ++i) {
    int q = 0;
    for (const int s : readers[static_cast<std::size_t>(i)]) map.entry(i, q++) = s;
  }
  return map;
}

int StreamMap::slot_of(int s, int n) const {
  for (int p = 0; p < slots_; ++p)
    if (at(s, p) == n) return p;
  return kDead;
}

}  // namespace plexus

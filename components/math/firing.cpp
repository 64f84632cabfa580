#include "plexus/components/math/firing.h"

#include <numeric>

#include "plexus/components/math/elementary.h"

namespace plexus::math {
namespace {

constexpr float kLeastThreshold = 0.025F;

}  // namespace

void aim_at_one_spike(ConstMatrixView spikes, float gain, MatrixView thr) {
  for (std::int64_t b = 0; b < spikes.rows; ++b) {
    const auto row = spikes.row(b);
    const float shift = (std::accumulate(row.begin(), row.end(), 0.0F) - 1) * gain;
    for (float& x : thr.row(b)) x = max(x + shift, kLeastThreshold);
  }
}

}  // namespace plexus::math

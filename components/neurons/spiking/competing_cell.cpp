#include "plexus/components/neurons/spiking/competing_cell.h"

#include "plexus/components/math/firing.h"
#include "plexus/core/random/draws.h"

namespace plexus {

void CompetingCell::draw_thresholds(Key drawn, float base, float jitter) {
  const auto n = static_cast<std::size_t>(units.extent);
  const auto all = thr.own_values();
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = base + uniform_at(drawn, i % n, -jitter, jitter);
}

void CompetingCell::aim_at_one_spike(Compartment& spikes, float gain) {
  const std::int64_t rows = batch_size(), n = units.extent;
  math::aim_at_one_spike({spikes.own_values().data(), rows, n}, gain,
                         {thr.own_values().data(), rows, n});
}

}  // namespace plexus

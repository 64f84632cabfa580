#pragma once

// The learning rate of competitive synapses. Included by the sources of components only.

#include "plexus/components/math/elementary.h"
#include "plexus/components/synapses/competitive/competitive_synapse.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

struct CompetitiveSynapse::Anneal {
  static constexpr float kLeastRate = 1e-5F;

  static void at(const auto& k, auto& eta, auto& tick) {
    eta = math::max(eta - k.eta_decrement, kLeastRate);
    tick += 1;
  }
};

}  // namespace plexus

#include "plexus/components/encoders/poisson_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

PoissonCell::PoissonCell(const Setup& setup, const Params& params)
    : SpikeEncoder(setup, params.n_units), p_(params) {}

void PoissonCell::prepare(const Step& step) {
  k_ = {step.t, step.dt / 1000, p_.target_freq};
}

struct PoissonCell::Sample {
  static void at(const Constants& k, auto u, auto intensity, auto& s, auto& tols) {
    const bool fires = u < (intensity * k.seconds) * k.target_freq;
    s = fires ? 1.0F : 0.0F;
    tols = fires ? k.t : tols;
  }
};

}  // namespace plexus

#include "plexus/components/encoders/bernoulli_cell.h"

#include "plexus/core/kernels/text.h"

namespace plexus {

BernoulliCell::BernoulliCell(const Setup& setup, const Params& params)
    : SpikeEncoder(setup, params.n_units) {}

struct BernoulliCell::Sample {
  static void at(const Constants& k, auto u, auto p, auto& s, auto& tols) {
    const bool fires = u < p;
    s = fires ? 1.0F : 0.0F;
    tols = fires ? k.t : tols;
  }
};

}  // namespace plexus

#include "plexus/components/synapses/dynamic/stp_dense_synapse.h"

#include "plexus/core/kernels/text.h"
#include "plexus/core/random/key.h"

namespace plexus {
namespace {

constexpr const char* kOneSample = "each synapse has one u and one x: give each sample its own";

}  // namespace

STPDenseSynapse::STPDenseSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params)), p_(params) {
  require_one_sample(kOneSample);
  resources.set(p_.resources_init,
                split_at(setup.key, 3));  // the key of the biases, as in ngc-learn
}

void STPDenseSynapse::prepare(const Step& step) {
  require_one_sample(kOneSample);  // the circuit's batch may have grown
  DenseSynapse::prepare(step);
  const float time = p_.in_real_time ? step.dt : 1;
  k_ = {time / p_.tau_f, time / p_.tau_d};
}

struct STPDenseSynapse::Use {
  static void at(const Constants& k, auto facilitates, auto depresses, auto s, auto W, auto U,
                 auto& u, auto& x, auto& Wdyn) {
    if constexpr (facilitates)
      u = (u - u * k.forgetting) + (U * (1 - u)) * s;
    else
      u = U;
    Wdyn = ((W * u) * x) * s + Wdyn * (1 - s);
    if constexpr (depresses) x = (x + (1 - x) * k.recovery) - (u * x) * s;
  }
};

std::vector<Stage> STPDenseSynapse::using_up() {
  auto stages = signals();
  stages.push_back(each_synapse<Use>(k_, when(p_.tau_f > 0), when(p_.tau_d > 0),
                                     outer(sent(), constant(gate, 1)),
                                     reads(weights, resources), updates(u, x, Wdyn)));
  stages.push_back(product(sent(), Wdyn, mask, outputs));
  stages.push_back(output());
  return stages;
}

}  // namespace plexus

#pragma once

#include <optional>

#include "plexus/core/parameters.h"
#include "plexus/core/random/initialiser.h"

/// The parameters of every dense synapse, as members: designated initialisers cannot name those of
/// a base.
#define PLEXUS_DENSE_PARAMETERS \
  ::plexus::Shape shape = {};   \
  PLEXUS_CABLE_PARAMETERS

/// The same of those whose shape follows from other parameters.
#define PLEXUS_CABLE_PARAMETERS                                            \
  ::plexus::Initialiser weight_init = ::plexus::init::uniform(0.025, 0.8); \
  ::plexus::Initialiser bias_init = {};                                    \
  float g_conduct_factor = 1;                                              \
  float p_release_mean = 1;                                                \
  float p_conn = 1;                                                        \
  int max_delay_steps = 0;                                                 \
  bool one_release = false;                                                \
  std::optional<::plexus::Tensor> mask = {};                               \
  int batch_size = 1

namespace plexus {

/// Declares them. `p` is any Params that has them.
template <class P>
void describe_cable(Parameters& d, P& p) {
  d("weight_init", p.weight_init, "first values of the efficacies W");
  d("bias_init", p.bias_init, "first values of the biases; null: a single 0");
  d("g_conduct_factor", p.g_conduct_factor, "conductance factor that scales the outputs",
    Alias{"resist_scale"});
  d("p_release_mean", p.p_release_mean,
    "mean probability that an input is transmitted; between 0 and 1 it turns stochastic release "
    "on");
  d("p_conn", p.p_conn,
    "probability that a weight is not 0 at first; between 0 and 1 it turns sparse initialisation "
    "on");
  d("max_delay_steps", p.max_delay_steps,
    "length of the delay line; each input is 1 to this many steps late, 0 turns it off",
    non_negative);
  d("one_release", p.one_release,
    "with stochastic release: one input a sample passes, instead of each by its own chance");
  d("mask", p.mask,
    "factors of the weights in the forward product, (n_pre, n_post); null for none");
  d("batch_size", p.batch_size, "number of samples side by side", positive);
}
template <class P>
void describe_dense(Parameters& d, P& p) {
  d("shape", p.shape, "number of inputs and of outputs, [n_pre, n_post]", positive,
    Example{"[64, 25]"});
  describe_cable(d, p);
}

}  // namespace plexus

#pragma once

#include "plexus/core/parameters.h"
#include "plexus/core/random/initialiser.h"

/// The parameters of every patched synapse, as members: designated initialisers cannot name those
/// of a base.
#define PLEXUS_PATCHED_PARAMETERS                                        \
  ::plexus::Shape shape = {};                                            \
  int n_sub_models = 1;                                                  \
  ::plexus::Shape stride_shape = {0, 0};                                 \
  ::plexus::Initialiser weight_init = ::plexus::init::fan_in_gaussian(); \
  ::plexus::Initialiser bias_init = {};                                  \
  float resist_scale = 1;                                                \
  float p_conn = 1;                                                      \
  int batch_size = 1

namespace plexus {

/// Declares them. `p` is any Params that has them.
template <class P>
void describe_patched(Parameters& d, P& p) {
  d("shape", p.shape, "number of inputs and of outputs, without the overlap, [n_pre, n_post]",
    positive, Example{"[64, 32]"});
  d("n_sub_models", p.n_sub_models, "number of modules that share the inputs and outputs equally",
    positive);
  d("stride_shape", p.stride_shape,
    "by how many inputs and outputs each module reaches beyond its part on either side",
    non_negative);
  d("weight_init", p.weight_init, "first values of the efficacies W, drawn module by module");
  d("bias_init", p.bias_init, "first values of the biases; null: a single 0");
  d("resist_scale", p.resist_scale, "factor of the outputs, before the biases");
  d("p_conn", p.p_conn,
    "probability that a weight of a module exists; between 0 and 1 it turns sparse modules on");
  d("batch_size", p.batch_size, "number of samples side by side", positive);
}

}  // namespace plexus

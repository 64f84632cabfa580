#pragma once

#include "plexus/core/parameters.h"
#include "plexus/core/random/initialiser.h"

/// The parameters of every sparse-tensor synapse, as members.
#define PLEXUS_SPARSE_TENSOR_PARAMETERS                                    \
  int n_in_streams = required;                                             \
  int K_local = required;                                                  \
  int O_local = required;                                                  \
  int P_l = 1;                                                             \
  int stride = 1;                                                          \
  float convergent_factor = 0;                                             \
  int dilation = 1;                                                        \
  bool invert_conn = false;                                                \
  bool normalize = false;                                                  \
  int norm_axis = 1;                                                       \
  ::plexus::Initialiser weight_init = ::plexus::init::uniform(0.025, 0.8); \
  ::plexus::Initialiser bias_init = {};                                    \
  float g_conduct_factor = 1;                                              \
  float p_conn = 1;                                                        \
  bool use_block_matrix_format = false;                                    \
  int batch_size = 1

namespace plexus {

/// Declares them. `p` is any Params that has them.
template <class P>
void describe_sparse_tensor(Parameters& d, P& p) {
  d("n_in_streams", p.n_in_streams, "number of streams of the inputs", positive);
  d("K_local", p.K_local, "number of units in a stream of the inputs", positive);
  d("O_local", p.O_local, "number of units in a stream of the outputs", positive);
  d("P_l", p.P_l, "number of streams in a window", positive);
  d("stride", p.stride, "number of streams from a window to the next", positive);
  d("convergent_factor", p.convergent_factor,
    "how much windows shrink away from the middle; 0 or less: not at all");
  d("dilation", p.dilation, "number of streams from one to the next in a window", positive);
  d("invert_conn", p.invert_conn, "build the transposed topology: from the outputs to the inputs");
  d("normalize", p.normalize, "bring the weights from a unit to a stream to norm 1 at first");
  d("norm_axis", p.norm_axis, "no effect: norms run over the units of the stream reached");
  d("weight_init", p.weight_init, "first values of the efficacies W");
  d("bias_init", p.bias_init, "first values of the biases; null: a single 0");
  d("g_conduct_factor", p.g_conduct_factor, "conductance factor that scales the outputs",
    Alias{"resist_scale"});
  d("p_conn", p.p_conn,
    "probability that a weight is not 0 at first; between 0 and 1 it turns sparse initialisation "
    "on");
  d("use_block_matrix_format", p.use_block_matrix_format,
    "show W as one matrix from inputs to outputs, held by its blocks");
  d("batch_size", p.batch_size, "number of samples side by side", positive);
}

}  // namespace plexus

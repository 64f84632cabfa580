#pragma once

#include <string>

#include "plexus/core/parameters.h"
#include "plexus/core/random/initialiser.h"

/// The parameters of every convolutional synapse, as members: designated initialisers cannot name
/// those of a base.
#define PLEXUS_CONVOLUTION_PARAMETERS                                      \
  ::plexus::Shape shape = {};                                              \
  ::plexus::Shape x_shape = {};                                            \
  ::plexus::Initialiser filter_init = ::plexus::init::uniform(0.025, 0.8); \
  ::plexus::Initialiser bias_init = {};                                    \
  int stride = 1;                                                          \
  std::string padding = "SAME";                                            \
  float g_conduct_factor = 1;                                              \
  int batch_size = 1

namespace plexus {

/// Declares them. `p` is any Params that has them.
template <class P>
void describe_convolution(Parameters& d, P& p) {
  d("shape", p.shape, "extents of the filters, [rows, columns, channels in, channels out]",
    positive, Example{"[3, 3, 1, 8]"});
  d("x_shape", p.x_shape, "extents of the maps that come in, [height, width]", positive,
    Example{"[28, 28]"});
  d("filter_init", p.filter_init, "first values of the filters W");
  d("bias_init", p.bias_init, "first values of the biases, one a channel; null: a single 0");
  d("stride", p.stride,
    "inputs from one output to the next; of a deconvolution, outputs from one input to the next",
    positive);
  d("padding", p.padding, "SAME: zeros around the maps; VALID: none, or those that every tap needs",
    OneOf{{"SAME", "VALID"}});
  d("g_conduct_factor", p.g_conduct_factor, "conductance factor that scales the outputs",
    Alias{"resist_scale"});
  d("batch_size", p.batch_size, "number of samples side by side", positive);
}

}  // namespace plexus

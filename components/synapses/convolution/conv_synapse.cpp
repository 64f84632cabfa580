#include "plexus/components/synapses/convolution/conv_synapse.h"

namespace plexus {

ConvSynapse::ConvSynapse(const Setup& setup, const Params& params)
    : FilterSynapse(setup, params, math::convolution_taps) {}

}  // namespace plexus

#include "plexus/components/synapses/convolution/hebbian_conv_synapse.h"

namespace plexus {

HebbianConvSynapse::HebbianConvSynapse(const Setup& setup, const Params& params)
    : HebbianFilterSynapse(setup, params, math::convolution_taps) {}

}  // namespace plexus

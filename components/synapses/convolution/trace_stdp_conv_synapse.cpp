#include "plexus/components/synapses/convolution/trace_stdp_conv_synapse.h"

namespace plexus {

TraceSTDPConvSynapse::TraceSTDPConvSynapse(const Setup& setup, const Params& params)
    : TraceSTDPFilterSynapse(setup, params, math::convolution_taps) {}

}  // namespace plexus

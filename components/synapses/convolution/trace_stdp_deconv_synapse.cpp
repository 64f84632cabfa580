#include "plexus/components/synapses/convolution/trace_stdp_deconv_synapse.h"

namespace plexus {

TraceSTDPDeconvSynapse::TraceSTDPDeconvSynapse(const Setup& setup, const Params& params)
    : TraceSTDPFilterSynapse(setup, params, math::deconvolution_taps) {}

}  // namespace plexus

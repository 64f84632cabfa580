#include "plexus/components/synapses/convolution/deconv_synapse.h"

namespace plexus {

DeconvSynapse::DeconvSynapse(const Setup& setup, const Params& params)
    : FilterSynapse(setup, params, math::deconvolution_taps) {}

}  // namespace plexus

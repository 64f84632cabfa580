#include "plexus/components/synapses/convolution/hebbian_deconv_synapse.h"

namespace plexus {

HebbianDeconvSynapse::HebbianDeconvSynapse(const Setup& setup, const Params& params)
    : HebbianFilterSynapse(setup, params, math::deconvolution_taps) {}

}  // namespace plexus

#include "plexus/components/builtin.h"

#include "plexus/components/encoders/bernoulli_cell.h"
#include "plexus/components/encoders/latency_cell.h"
#include "plexus/components/encoders/phasor_cell.h"
#include "plexus/components/encoders/poisson_cell.h"
#include "plexus/components/encoders/retinal_ganglion_cell.h"
#include "plexus/components/encoders/ttfs_cell.h"
#include "plexus/components/neurons/graded/bernoulli_error_cell.h"
#include "plexus/components/neurons/graded/gaussian_error_cell.h"
#include "plexus/components/neurons/graded/laplacian_error_cell.h"
#include "plexus/components/neurons/graded/leaky_noise_cell.h"
#include "plexus/components/neurons/graded/rate_cell.h"
#include "plexus/components/neurons/graded/reward_error_cell.h"
#include "plexus/components/neurons/spiking/adex_cell.h"
#include "plexus/components/neurons/spiking/fitzhugh_nagumo_cell.h"
#include "plexus/components/neurons/spiking/hodgkin_huxley_cell.h"
#include "plexus/components/neurons/spiking/if_cell.h"
#include "plexus/components/neurons/spiking/izhikevich_cell.h"
#include "plexus/components/neurons/spiking/lif_cell.h"
#include "plexus/components/neurons/spiking/lif_srm.h"
#include "plexus/components/neurons/spiking/quad_lif_cell.h"
#include "plexus/components/neurons/spiking/raf_cell.h"
#include "plexus/components/neurons/spiking/raf_srm.h"
#include "plexus/components/neurons/spiking/slif_cell.h"
#include "plexus/components/neurons/spiking/wtas_cell.h"
#include "plexus/components/synapses/competitive/art2a_synapse.h"
#include "plexus/components/synapses/competitive/hopfield_synapse.h"
#include "plexus/components/synapses/competitive/som_synapse.h"
#include "plexus/components/synapses/competitive/vector_quantize_synapse.h"
#include "plexus/components/synapses/convolution/conv_synapse.h"
#include "plexus/components/synapses/convolution/deconv_synapse.h"
#include "plexus/components/synapses/convolution/hebbian_conv_synapse.h"
#include "plexus/components/synapses/convolution/hebbian_deconv_synapse.h"
#include "plexus/components/synapses/convolution/static_conv_synapse.h"
#include "plexus/components/synapses/convolution/static_deconv_synapse.h"
#include "plexus/components/synapses/convolution/trace_stdp_conv_synapse.h"
#include "plexus/components/synapses/convolution/trace_stdp_deconv_synapse.h"
#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/dynamic/alpha_synapse.h"
#include "plexus/components/synapses/dynamic/double_exp_synapse.h"
#include "plexus/components/synapses/dynamic/exponential_synapse.h"
#include "plexus/components/synapses/dynamic/stp_dense_synapse.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/components/synapses/hebbian/event_stdp_synapse.h"
#include "plexus/components/synapses/hebbian/exp_stdp_synapse.h"
#include "plexus/components/synapses/hebbian/gerstner_hebbian_synapse.h"
#include "plexus/components/synapses/hebbian/hebbian_synapse.h"
#include "plexus/components/synapses/hebbian/inhibitory_stdp_synapse.h"
#include "plexus/components/synapses/hebbian/oja_tensor_synapse.h"
#include "plexus/components/synapses/hebbian/stdp_synapse.h"
#include "plexus/components/synapses/hebbian/trace_stdp_synapse.h"
#include "plexus/components/synapses/modulated/mstdpet_synapse.h"
#include "plexus/components/synapses/modulated/reinforce_synapse.h"
#include "plexus/components/synapses/mps_synapse.h"
#include "plexus/components/synapses/patched/hebbian_patched_synapse.h"
#include "plexus/components/synapses/patched/patched_synapse.h"
#include "plexus/components/synapses/patched/static_patched_synapse.h"
#include "plexus/components/synapses/sparse/sparse_tensor_synapse.h"
#include "plexus/components/synapses/sparse/static_sparse_tensor_synapse.h"
#include "plexus/components/synapses/static_synapse.h"
#include "plexus/components/traces/exp_kernel.h"
#include "plexus/components/traces/var_trace.h"

namespace plexus {

void register_builtin_components() {
  register_component(component_type<BernoulliCell>());
  register_component(component_type<LatencyCell>());
  register_component(component_type<PhasorCell>());
  register_component(component_type<PoissonCell>());
  register_component(component_type<RetinalGanglionCell>());
  register_component(component_type<TTFSCell>());
  register_component(component_type<BernoulliErrorCell>());
  register_component(component_type<GaussianErrorCell>());
  register_component(component_type<LaplacianErrorCell>());
  register_component(component_type<LeakyNoiseCell>());
  register_component(component_type<RateCell>());
  register_component(component_type<RewardErrorCell>());
  register_component(component_type<AdExCell>());
  register_component(component_type<FitzhughNagumoCell>());
  register_component(component_type<HodgkinHuxleyCell>());
  register_component(component_type<IFCell>());
  register_component(component_type<IzhikevichCell>());
  register_component(component_type<LIFCell>());
  register_component(component_type<LIFSRM>());
  register_component(component_type<QuadLIFCell>());
  register_component(component_type<RAFCell>());
  register_component(component_type<RAFSRM>());
  register_component(component_type<SLIFCell>());
  register_component(component_type<WTASCell>());
  register_component(component_type<ExpKernel>());
  register_component(component_type<VarTrace>());
  register_component(component_type<DenseSynapse>());
  register_component(component_type<StaticSynapse>());
  register_component(component_type<MPSSynapse>());
  register_component(component_type<SparseTensorSynapse>());
  register_component(component_type<StaticSparseTensorSynapse>());
  register_component(component_type<AlphaSynapse>());
  register_component(component_type<DoubleExpSynapse>());
  register_component(component_type<ExponentialSynapse>());
  register_component(component_type<BCMSynapse>());
  register_component(component_type<HebbianSynapse>());
  register_component(component_type<TraceSTDPSynapse>());
  register_component(component_type<STPDenseSynapse>());
  register_component(component_type<EventSTDPSynapse>());
  register_component(component_type<ExpSTDPSynapse>());
  register_component(component_type<GerstnerHebbianSynapse>());
  register_component(component_type<InhibitorySTDPSynapse>());
  register_component(component_type<OjaTensorSynapse>());
  register_component(component_type<STDPSynapse>());
  register_component(component_type<MSTDPETSynapse>());
  register_component(component_type<REINFORCESynapse>());
  register_component(component_type<SOMSynapse>());
  register_component(component_type<ART2ASynapse>());
  register_component(component_type<HopfieldSynapse>());
  register_component(component_type<VectorQuantizeSynapse>());
  register_component(component_type<ConvSynapse>());
  register_component(component_type<DeconvSynapse>());
  register_component(component_type<HebbianConvSynapse>());
  register_component(component_type<HebbianDeconvSynapse>());
  register_component(component_type<StaticConvSynapse>());
  register_component(component_type<StaticDeconvSynapse>());
  register_component(component_type<TraceSTDPConvSynapse>());
  register_component(component_type<TraceSTDPDeconvSynapse>());
  register_component(component_type<PatchedSynapse>());
  register_component(component_type<StaticPatchedSynapse>());
  register_component(component_type<HebbianPatchedSynapse>());
}

}  // namespace plexus

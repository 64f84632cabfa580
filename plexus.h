#pragma once

/// Plexus: simulating graphs of components. The one header that users
/// include: the runtime, Eigen views of compartments, every built-in
/// component; and, by including it, the process compiler is installed.

#include "plexus/compilers/compilers.h"
#include "plexus/components/builtin.h"
#include "plexus/components/encoders/bernoulli_cell.h"
#include "plexus/components/encoders/poisson_cell.h"
#include "plexus/components/neurons/graded/gaussian_error_cell.h"
#include "plexus/components/neurons/graded/rate_cell.h"
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
#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/dynamic/alpha_synapse.h"
#include "plexus/components/synapses/dynamic/double_exp_synapse.h"
#include "plexus/components/synapses/dynamic/exponential_synapse.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/components/synapses/hebbian/hebbian_synapse.h"
#include "plexus/components/synapses/hebbian/trace_stdp_synapse.h"
#include "plexus/components/synapses/mps_synapse.h"
#include "plexus/components/synapses/patched/hebbian_patched_synapse.h"
#include "plexus/components/synapses/patched/patched_synapse.h"
#include "plexus/components/synapses/patched/static_patched_synapse.h"
#include "plexus/components/synapses/sparse/sparse_tensor_synapse.h"
#include "plexus/components/synapses/sparse/static_sparse_tensor_synapse.h"
#include "plexus/components/synapses/static_synapse.h"
#include "plexus/components/traces/var_trace.h"
#include "plexus/core/context.h"
#include "plexus/core/describe.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"
#include "plexus/core/io/array_file.h"
#include "plexus/core/io/mosaic.h"
#include "plexus/core/log.h"
#include "plexus/core/process.h"
#include "plexus/core/random/permutation.h"

namespace plexus::detail {
inline const bool initialised = (register_builtin_components(), install_compilers(), true);
}  // namespace plexus::detail

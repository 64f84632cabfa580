#include "plexus/components/builtin.h"

#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/components/synapses/patched/patched_synapse.h"
#include "plexus/components/synapses/patched/static_patched_synapse.h"
#include "plexus/components/synapses/static_synapse.h"

namespace plexus {

void register_builtin_components() {
  register_component(component_type<DenseSynapse>());
  register_component(component_type<StaticSynapse>());
  register_component(component_type<BCMSynapse>());
  register_component(component_type<PatchedSynapse>());
  register_component(component_type<StaticPatchedSynapse>());
}

}  // namespace plexus

#include "plexus/components/builtin.h"

#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"

namespace plexus {

void register_builtin_components() {
  register_component(component_type<DenseSynapse>());
  register_component(component_type<BCMSynapse>());
}

}  // namespace plexus

#include "plexus/components/builtin.h"

namespace plexus {

void register_builtin_components() {}

}  // namespace plexus

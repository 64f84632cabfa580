#include "plexus/compilers/compilers.h"

namespace plexus {

void install_compilers() {}

}  // namespace plexus

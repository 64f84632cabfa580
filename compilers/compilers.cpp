#include "plexus/compilers/compilers.h"

#include <memory>

#include "plexus/compilers/process/planner.h"
#include "plexus/core/plan.h"

namespace plexus {

void install_compilers() {
  install_planner(std::make_unique<ProcessCompiler>());
}

}  // namespace plexus

#pragma once

namespace plexus {

/// Makes the process compiler the planner of every context, once.
void install_compilers();

}  // namespace plexus

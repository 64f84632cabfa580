#pragma once

namespace plexus::cli {

/// The whole program: reads the arguments, does what they ask for. The exit status.
int run_program(int argc, char** argv);

}  // namespace plexus::cli

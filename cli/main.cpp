#include "plexus/cli/program.h"

int main(int argc, char** argv) {
  return plexus::cli::run_program(argc, argv);
}

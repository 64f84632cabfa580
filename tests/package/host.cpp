// Loads the plugin named on the command line. What it throws must be this program's own Error.
#include <cstdio>

#include <dlfcn.h>

#include "plexus/compilers/compilers.h"
#include "plexus/components/builtin.h"
#include "plexus/core/error.h"

int main(int, char** argv) {
  plexus::install_compilers();
  plexus::register_builtin_components();

  void* plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  void* refuse = plugin != nullptr ? dlsym(plugin, "refuse") : nullptr;
  if (refuse == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  try {
    reinterpret_cast<void (*)()>(refuse)();
  } catch (const plexus::Error& error) {
    std::puts(error.what());
    return 0;
  }
  return 1;
}

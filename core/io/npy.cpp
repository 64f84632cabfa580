#include "plexus/core/io/npy.h"

#include "plexus/core/io/npy_format.h"

namespace plexus {

Tensor read_npy(const std::filesystem::path& path, Integers integers) {
  detail::FileSource source{path};
  return detail::read_npy(source, integers);
}

ArrayHeader inspect_npy(const std::filesystem::path& path, Integers integers) {
  detail::FileSource source{path};
  return detail::inspect_npy(source, integers);
}

}  // namespace plexus

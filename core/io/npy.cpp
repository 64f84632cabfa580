#include "plexus/core/io/npy.h"

#include <algorithm>
#include <vector>

#include "plexus/core/io/atomic_file.h"
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

void write_npy(const std::filesystem::path& path, const Tensor& array) {
  const auto values = detail::value_bytes(array, path.string());
  const std::string header = detail::npy_header(array.shape, array.dtype());
  std::vector<std::byte> bytes(header.size() + values.size());
  const auto after = std::ranges::copy(std::as_bytes(std::span{header}), bytes.begin()).out;
  std::ranges::copy(values, after);
  replace_file(path, bytes);
}

}  // namespace plexus

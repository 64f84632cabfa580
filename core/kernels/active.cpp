#include "plexus/core/kernels/active.h"

namespace plexus::detail {

std::int64_t list_active(const float* x, std::int64_t n, std::uint32_t* units) noexcept {
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    units[count] = static_cast<std::uint32_t>(i);
    count += x[i] != 0 ? 1 : 0;
  }
  return count;
}

}  // namespace plexus::detail

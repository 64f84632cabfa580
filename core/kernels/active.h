#pragma once

#include <cstdint>

#include "plexus/core/kernels/target.h"

namespace plexus::detail {

/// Floats of the widest vector: slots are padded to whole ones.
inline constexpr std::int64_t kVector = 16;

/// The units of one row that are not 0, in ascending order: of a compartment that holds spikes.
struct ActiveList {
  std::uint32_t* units = nullptr;  // room for all of them and a vector more
  std::int64_t count = 0;
};

/// Writes the indices of what is not 0 among x[0 … n), ascending, and returns their number. `units`
/// has room for n and a vector more.
std::int64_t list_active(const float* x, std::int64_t n, std::uint32_t* units) noexcept;

using ListKernel = std::int64_t (*)(const float* x, std::int64_t n, std::uint32_t* units) noexcept;
ForEachSet<ListKernel> list_kernels();

}  // namespace plexus::detail

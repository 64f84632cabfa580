#pragma once

#include <cstdint>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/target.h"

namespace plexus::detail {

/// Vectors of units are stored whole: a list needs room for so many more than there are units.
constexpr std::int64_t kListSlack = 16;

/// Lists the x that are not 0, in ascending order.
using ListKernel = void (*)(const float* x, std::int64_t n, ActiveList& list) noexcept;
ForEachSet<ListKernel> list_kernels();
inline void list_active(const float* x, std::int64_t n, ActiveList& list) {
  list_kernels().best()(x, n, list);
}

}  // namespace plexus::detail

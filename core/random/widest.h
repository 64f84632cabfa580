#pragma once

#include <cstdint>

#include "plexus/core/kernels/widest.h"

// The bits are the same for all vector widths: nothing is reassociated, and fused operations are
// spelled (std::fma).
namespace plexus::detail {

/// out[i] = value(i) for i in [0, n). `value` must inline entirely, for it takes on the
/// instruction set of the caller.
template <class T, class Value>
[[gnu::always_inline]] inline void fill_each(T* out, std::uint32_t n, const Value& value) {
  const Value local = value;  // by value: nothing that `out` could alias
  for (std::uint32_t i = 0; i < n; ++i) out[i] = local(i);
}

template <class T, class Value>
void fill_baseline(T* out, std::uint32_t n, const Value& value) {
  fill_each(out, n, value);
}

/// out[i] = value(i) for i in [0, n), with the widest vectors in use.
template <class T, class Value>
void fill_widest(T* out, std::uint32_t n, const Value& value) {
  run_widest([&]() __attribute__((always_inline)) { fill_each(out, n, value); });
}

}  // namespace plexus::detail

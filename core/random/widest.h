#pragma once

#include <cstdint>

// A loop is compiled once for each vector width; the processor decides at run time. The bits are
// the same for all: nothing is reassociated, and fused operations are spelled (std::fma).
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

#if defined(__x86_64__)

template <class T, class Value>
[[gnu::target("avx2,fma")]] void fill_avx2(T* out, std::uint32_t n, const Value& value) {
  fill_each(out, n, value);
}

#if defined(__clang__)
#define PLEXUS_AVX512 "avx512f,avx512vl,avx512dq,avx512bw,fma"
#else
#define PLEXUS_AVX512 "avx512f,avx512vl,avx512dq,avx512bw,fma,prefer-vector-width=512"
#endif
template <class T, class Value>
[[gnu::target(PLEXUS_AVX512)]] void fill_avx512(T* out, std::uint32_t n, const Value& value) {
  fill_each(out, n, value);
}
#undef PLEXUS_AVX512

#endif

/// out[i] = value(i) for i in [0, n), with the widest vectors that this processor has.
template <class T, class Value>
void fill_widest(T* out, std::uint32_t n, const Value& value) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw")) {
    return fill_avx512(out, n, value);
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return fill_avx2(out, n, value);
  }
#endif
  fill_baseline(out, n, value);
}

}  // namespace plexus::detail

#pragma once

// Instruction sets chosen at run time: one loop, compiled for the baseline and for AVX2.

namespace plexus::detail {

#if defined(__x86_64__)
#define PLEXUS_TARGET_AVX2 [[gnu::target("avx2")]]
inline bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}
#else
#define PLEXUS_TARGET_AVX2
inline bool has_avx2() { return false; }
#endif

}  // namespace plexus::detail

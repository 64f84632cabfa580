#pragma once

#include "plexus/core/kernels/target.h"
#include "plexus/core/stage.h"

#if defined(__clang__)
#define PLEXUS_VECTORISE _Pragma("clang loop vectorize(assume_safety)")
#else
#define PLEXUS_VECTORISE _Pragma("GCC ivdep")
#endif

namespace plexus::detail {

/// A loop, `Loop::run(call, step)`, compiled for each instruction set. All that it calls is
/// inlined, or its loops would not become vectors.
template <class Loop>
struct Compiled {
  [[gnu::flatten]] static void baseline(const Call& call, const Step& step) {
    Loop::run(call, step);
  }
  PLEXUS_TARGET_AVX2 [[gnu::flatten, gnu::noinline]] static void avx2(const Call& call,
                                                                      const Step& step) {
    Loop::run(call, step);
  }
  PLEXUS_TARGET_AVX512 [[gnu::flatten]] static void avx512(const Call& call, const Step& step) {
    if constexpr (kCompilesAvx512)
      Loop::run(call, step);
    else
      avx2(call, step);
  }
  static Loops::Sets sets() { return {{&baseline, &avx2, &avx512}}; }
  /// For what is worth its code only where vectors are wide.
  static Loops::Sets wide_sets() { return {{nullptr, &avx2, &avx512}}; }
};

}  // namespace plexus::detail

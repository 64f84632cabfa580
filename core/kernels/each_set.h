#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "plexus/core/kernels/target.h"

namespace plexus::detail {

// What a loop may know of the set it is compiled for. Where registers hold few columns, long rows
// of more than kStreamed weights are better walked whole.
struct Baseline {
  static constexpr int kWidth = 4;  // floats in a register
  static constexpr int kSums = 4;   // registers that a row of sums may take
  static constexpr std::int64_t kStreamed = 32 * 1024;
  static constexpr int kSamples = 4;
};
struct Avx2 {
  static constexpr int kWidth = 8;
  static constexpr int kSums = 12;
  static constexpr std::int64_t kStreamed = 32 * 1024;
  static constexpr int kSamples = 6;
};
struct Avx512 {
  static constexpr int kWidth = 16;
  static constexpr int kSums = 24;
  static constexpr std::int64_t kStreamed = std::numeric_limits<std::int64_t>::max();
  static constexpr int kSamples = 8;  // of a tile that is two registers wide
};

/// `Loop::run<Set>(arguments)`, an always_inline function, compiled for each set.
template <class Loop, class Arguments>
struct EachSet {
  static void baseline(const Arguments& a) noexcept { Loop::template run<Baseline>(a); }
  PLEXUS_TARGET_AVX2 static void avx2(const Arguments& a) noexcept { Loop::template run<Avx2>(a); }
  PLEXUS_TARGET_AVX512 static void avx512(const Arguments& a) noexcept {
    if constexpr (kCompilesAvx512)
      Loop::template run<Avx512>(a);
    else
      avx2(a);
  }

  using Function = void (*)(const Arguments&) noexcept;
  static constexpr ForEachSet<Function> kAll{{&baseline, &avx2, &avx512}};

  template <class Set>
  static constexpr Function of() {
    if constexpr (std::is_same_v<Set, Avx512>)
      return &avx512;
    else if constexpr (std::is_same_v<Set, Avx2>)
      return &avx2;
    else
      return &baseline;
  }
};

}  // namespace plexus::detail

#pragma once

// Instruction sets chosen at run time. A loop is written once, as a `[[gnu::always_inline]]`
// function, and compiled for each set by a function of PLEXUS_TARGET_… that calls it. All give the
// same bits.

#include <array>
#include <string_view>

namespace plexus {

/// From the least to the most: what every machine of the architecture has, AVX2 with FMA, AVX-512.
enum class InstructionSet : unsigned char { baseline, avx2, avx512 };
inline constexpr int kInstructionSets = 3;

/// The set that plans are bound to: the machine's best, or less: see use_instruction_set. At first
/// the environment's PLEXUS_INSTRUCTIONS (baseline, avx2, avx512), where the machine has that.
InstructionSet instruction_set();
/// True if the machine has it.
bool has(InstructionSet set);
/// Binds plans that are compiled from now on to `set`. Throws Error (config) if the machine lacks
/// it.
void use_instruction_set(InstructionSet set);

const char* to_string(InstructionSet set);

namespace detail {

#if defined(__x86_64__)
#define PLEXUS_TARGET_AVX2 [[gnu::target("avx2,fma,bmi,bmi2")]]
#if defined(__clang__)
#define PLEXUS_TARGET_AVX512 [[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,bmi,bmi2")]]
#else
#define PLEXUS_TARGET_AVX512 \
  [[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,bmi,bmi2,prefer-vector-width=512")]]
#endif
#else
#define PLEXUS_TARGET_AVX2
#define PLEXUS_TARGET_AVX512
#endif

// A sanitizer's checks make loops many times as long to compile: AVX2's serve for AVX-512 there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kCompilesAvx512 = false;
#else
inline constexpr bool kCompilesAvx512 = true;
#endif

/// One function compiled for each set, or for some.
template <class Function>
struct ForEachSet {
  std::array<Function, kInstructionSets> of{};
  [[nodiscard]] Function best() const { return of[static_cast<std::size_t>(instruction_set())]; }
  explicit operator bool() const { return best() != nullptr; }
};

}  // namespace detail
}  // namespace plexus

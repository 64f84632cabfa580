#include "plexus/core/kernels/target.h"

#include <cstdlib>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

constexpr std::array kNames{"baseline", "avx2", "avx512"};

InstructionSet best_of_machine() {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi2");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512bw");
  return avx512 ? InstructionSet::avx512 : avx2 ? InstructionSet::avx2 : InstructionSet::baseline;
#else
  return InstructionSet::baseline;
#endif
}

/// What the environment asks for; a word it does not know, or more than the machine has, changes
/// nothing.
InstructionSet at_first() {
  const char* wanted = std::getenv("PLEXUS_INSTRUCTIONS");
  for (int i = 0; wanted != nullptr && i < kInstructionSets; ++i)
    if (wanted == std::string_view(kNames[static_cast<std::size_t>(i)]) &&
        has(static_cast<InstructionSet>(i)))
      return static_cast<InstructionSet>(i);
  return best_of_machine();
}

InstructionSet& in_use() {
  static InstructionSet set = at_first();
  return set;
}

}  // namespace

bool has(InstructionSet set) {
  static const InstructionSet best = best_of_machine();
  return set <= best;
}

InstructionSet instruction_set() {
  return in_use();
}

void use_instruction_set(InstructionSet set) {
  if (!has(set))
    throw Error(Error::Kind::config, {},
                fmt::format("this machine has no {} instructions", to_string(set)),
                fmt::format("use {}", to_string(best_of_machine())));
  in_use() = set;
}

const char* to_string(InstructionSet set) {
  return kNames[static_cast<std::size_t>(set)];
}

}  // namespace plexus

#pragma once

#include "plexus/core/kernels/target.h"

namespace plexus::detail {

template <class F>
PLEXUS_TARGET_AVX2 void run_avx2(const F& f) {
  f();
}
template <class F>
PLEXUS_TARGET_AVX512 void run_avx512(const F& f) {
  f();
}

/// f(), compiled for the instruction set in use. `f` must inline entirely, for it takes on the set
/// of its caller: a lambda with __attribute__((always_inline)).
template <class F>
void run_widest(const F& f) {
  switch (instruction_set()) {
    case InstructionSet::avx512: return run_avx512(f);
    case InstructionSet::avx2: return run_avx2(f);
    case InstructionSet::baseline: return f();
  }
}

}  // namespace plexus::detail

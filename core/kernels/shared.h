#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "plexus/core/plan.h"

namespace plexus::detail {

/// A call cut into parts that threads share. Where the parts are chunks of a product, each has sums
/// of its own, which are added in order.
struct Shared {
  Kernel kernel = nullptr;
  std::vector<Call> parts = {};
  Scratch scratch = {};
  float* sums = nullptr;  // (parts, size)
  std::int64_t size = 0;
  float* y = nullptr;
};

/// How `call`, run by `kernel`, is shared among `threads`; no parts where that does not pay. Parts
/// are cut where the bits do not change: between units, rows or samples, or between chunks of a
/// product.
Shared shared_among(int threads, Kernel kernel, const Call& call);

/// The kernel of a call that is shared.
void run_shared(const Call& call, const Step& step);

}  // namespace plexus::detail

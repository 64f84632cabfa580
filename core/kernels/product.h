#pragma once

#include "plexus/core/plan.h"

namespace plexus::detail {

/// Rows that one chain of sums goes over; the chains of the chunks are added in order.
inline constexpr std::int64_t kRowChunk = 512;

// y = x W and its like. Arguments x (B, n), W (n, m), y (B, m), mask (n, m) or (1, 1).
// One order of summation everywhere: per column one chain, rows ascending; rows with x = 0 are left
// out, which is exact for finite W.
void run_product(const Call& call, const Step& step);
void run_masked_product(const Call& call, const Step& step);
/// y = x Wᵀ: x (B, m), W (n, m), y (B, n).
void run_transposed_product(const Call& call, const Step& step);

}  // namespace plexus::detail

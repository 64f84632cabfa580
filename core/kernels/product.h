#pragma once

// Dense products, y = x W and its like, for one sample or a batch.
//
// One order of summation, whatever the instruction set, the batch, the form or the number of
// threads: the terms of an output are added in chunks of kRowChunk rows. In a chunk one chain, rows
// ascending, from +0: sum = fma(x_i, W_ij, sum). The chunks' sums are then added in order, and no
// -0 is left. Rows with x_i = 0 may be left out, which is exact for finite W.

#include <cstdint>

#include "plexus/core/kernels/target.h"
#include "plexus/core/plan.h"

namespace plexus::detail {

struct ActiveList;

/// Rows that one chain of sums goes over; the chains of the chunks are added in order.
inline constexpr std::int64_t kRowChunk = 512;

/// All row-major and contiguous; y overlaps none of the others.
struct ProductArguments {
  const float* x = nullptr;     // (batch, pre); transposed: (batch, cols)
  const float* W = nullptr;     // (pre, cols)
  const float* mask = nullptr;  // (pre, cols), or a single value: of masked and scaled products
  float* y = nullptr;           // (batch, cols); transposed: (batch, pre)
  std::int64_t batch = 1, pre = 0, cols = 0;
  const ActiveList* active = nullptr;  // of gathered products: a list for each sample
  // The terms that are summed: rows of W; transposed: columns. Both are multiples of kRowChunk, or
  // `to` is all.
  std::int64_t from = 0, to = 0;
};

/// Every kernel is free of allocation and may run on several threads at once.
using ProductKernel = void (*)(const ProductArguments&) noexcept;

/// What a product does with the weights.
enum class Masking : unsigned char { none, matrix, single };

/// y = x (W ∘ mask). The kernels depend on the batch and are chosen with it.
ForEachSet<ProductKernel> product_kernels(std::int64_t batch, Masking masking = Masking::none);
/// y = x Wᵀ: the bits of the product with Wᵀ stored.
ForEachSet<ProductKernel> transposed_kernels(std::int64_t batch);
/// y = x (W ∘ mask) for the listed rows only: of any batch, sample by sample.
ForEachSet<ProductKernel> gathered_kernels(Masking masking = Masking::none);

/// True if listing and gathering is faster than the dense kernel, where `active` of batch * pre are
/// not 0.
constexpr bool gather_pays(std::int64_t batch, std::int64_t pre, std::int64_t active) {
  return batch == 1 ? 2 * active <= pre : 8 * active <= batch * pre;
}

/// Chunks of `terms` rows (transposed: columns), which threads may share …
constexpr std::int64_t chunks_of(std::int64_t terms) {
  return terms > kRowChunk ? (terms + kRowChunk - 1) / kRowChunk : 1;
}
/// … the product of one of them alone, into `sums`, of y's shape …
ProductArguments chunk_of(const ProductArguments& whole, std::int64_t chunk, float* sums);
/// … and their total: y[i] = sums[i] + sums[size + i] + …, in order.
void add_chunks(const float* sums, std::int64_t chunks, std::int64_t size, float* y);

// The same as kernels of a plan. Arguments x, W, y, mask (n, m) or (1, 1).
void run_product(const Call& call, const Step& step);
void run_masked_product(const Call& call, const Step& step);
void run_transposed_product(const Call& call, const Step& step);

}  // namespace plexus::detail

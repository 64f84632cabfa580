#include "plexus/core/kernels/product.h"

#include <algorithm>

#include "plexus/core/kernels/gemm.h"
#include "plexus/core/kernels/gemv.h"
#include "plexus/core/kernels/list_active.h"
#include "plexus/core/kernels/transposed_gemv.h"

namespace plexus::detail {
namespace {

template <class Loop>
constexpr const ForEachSet<ProductKernel>& kernels = Compiled<Loop, ProductArguments>::kAll;

template <template <class> class Loop>
ForEachSet<ProductKernel> kernels_for(Masking masking) {
  switch (masking) {
    case Masking::none: break;
    case Masking::matrix: return kernels<Loop<MaskedWeights>>;
    case Masking::single: return kernels<Loop<ScaledWeights>>;
  }
  return kernels<Loop<PlainWeights>>;
}

ProductArguments arguments_of(const Call& call) {
  return {.x = call.arguments[0],
          .W = call.arguments[1],
          .y = call.arguments[2],
          .batch = call.batch,
          .pre = call.pre,
          .cols = call.cols,
          .to = call.pre};
}

}  // namespace

ForEachSet<ProductKernel> product_kernels(std::int64_t batch, Masking masking) {
  return batch == 1 ? kernels_for<Gemv>(masking) : kernels_for<Gemm>(masking);
}

ForEachSet<ProductKernel> transposed_kernels(std::int64_t batch) {
  return batch <= TransposedGemv::kMostSamples ? kernels<TransposedGemv> : kernels<Gemm<void>>;
}

ForEachSet<ProductKernel> gathered_kernels(Masking masking) {
  return kernels_for<Gather>(masking);
}

ProductArguments chunk_of(const ProductArguments& whole, std::int64_t chunk, float* sums) {
  ProductArguments part = whole;
  part.y = sums;
  part.from = whole.from + chunk * kRowChunk;
  part.to = std::min(part.from + kRowChunk, whole.to);
  return part;
}

void add_chunks(const float* sums, std::int64_t chunks, std::int64_t size, float* y) {
  for (std::int64_t i = 0; i < size; ++i) {
    float total = sums[i];
    for (std::int64_t c = 1; c < chunks; ++c) total += sums[c * size + i];
    y[i] = total;
  }
}

void run_product(const Call& call, const Step& /*step*/) {
  product_kernels(call.batch).best()(arguments_of(call));
}

void run_masked_product(const Call& call, const Step& step) {
  const bool single = call.row_strides[3] == 0;
  if (single && *call.arguments[3] == 1) return run_product(call, step);
  ProductArguments a = arguments_of(call);
  a.mask = call.arguments[3];
  product_kernels(call.batch, single ? Masking::single : Masking::matrix).best()(a);
}

void run_transposed_product(const Call& call, const Step& /*step*/) {
  ProductArguments a = arguments_of(call);
  a.to = a.cols;
  transposed_kernels(call.batch).best()(a);
}

}  // namespace plexus::detail

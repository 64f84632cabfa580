#include "plexus/core/kernels/product.h"

#include <algorithm>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/gemm.h"
#include "plexus/core/kernels/gemv.h"
#include "plexus/core/kernels/transposed_gemv.h"

namespace plexus::detail {
namespace {

template <class Loop>
constexpr const ForEachSet<ProductKernel>& kernels = EachSet<Loop, ProductArguments>::kAll;

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
          .active = call.active_rows,
          .from = call.first,
          .to = call.rows_end()};
}

// Where no list comes with x, one is made on the stack if the product is worth it.
constexpr std::int64_t kMostListed = 4096;
constexpr std::int64_t kFewestCols = 64;

template <InstructionSet kSet, class Function>
Function on(const ForEachSet<Function>& functions) {
  return functions.of[static_cast<std::size_t>(kSet)];
}

/// False as soon as too many are active.
template <InstructionSet kSet>
bool is_sparse(const ProductArguments& a, ActiveList& list) {
  std::int64_t active = 0;
  for (std::int64_t b = 0; b < a.batch; ++b) {
    list.count = on<kSet>(list_kernels())(a.x + b * a.pre, a.pre, list.units);
    active += list.count;
    if (!gather_pays(a.batch, a.pre, active)) return false;
  }
  return true;
}

template <InstructionSet kSet>
void gather_samples(const ProductArguments& a, Masking masking, ActiveList& list) {
  ProductArguments sample = a;
  sample.batch = 1;
  sample.active = &list;
  for (std::int64_t b = 0; b < a.batch; ++b) {
    if (a.batch > 1) list.count = on<kSet>(list_kernels())(sample.x, a.pre, list.units);
    on<kSet>(gathered_kernels(masking))(sample);
    sample.x += a.pre;
    sample.y += a.cols;
  }
}

template <InstructionSet kSet>
void run(const ProductArguments& a, Masking masking) {
  if (a.active != nullptr && gather_pays(1, a.pre, a.active->count))
    return on<kSet>(gathered_kernels(masking))(a);
  if (a.active == nullptr && a.cols >= kFewestCols && a.pre <= kMostListed) {
    std::uint32_t units[kMostListed + kVector];
    ActiveList list{units, 0};
    if (is_sparse<kSet>(a, list)) return gather_samples<kSet>(a, masking, list);
  }
  on<kSet>(product_kernels(a.batch, masking))(a);
}

template <InstructionSet kSet>
struct Run {
  static void product(const Call& call, const Step& /*step*/) {
    run<kSet>(arguments_of(call), Masking::none);
  }

  static void masked(const Call& call, const Step& step) {
    const bool single = call.row_strides[3] == 0;
    if (single && *call.arguments[3] == 1) return product(call, step);
    ProductArguments a = arguments_of(call);
    a.mask = call.arguments[3];
    run<kSet>(a, single ? Masking::single : Masking::matrix);
  }

  static void transposed(const Call& call, const Step& /*step*/) {
    ProductArguments a = arguments_of(call);
    a.to = a.cols;
    on<kSet>(transposed_kernels(a.batch))(a);
  }
};

}  // namespace

ForEachSet<ProductKernel> product_kernels(std::int64_t batch, Masking masking) {
  if (batch == 1) return kernels_for<SampleGemv>(masking);
  if (masking == Masking::none) {
    if (batch == 2) return kernels<Gemv<2, PlainWeights>>;
    if (batch == 3) return kernels<Gemv<3, PlainWeights>>;
    if (batch == 4) return kernels<Gemv<4, PlainWeights>>;
  }
  return kernels_for<Gemm>(masking);
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

Loops::Sets product_loops() {
  using enum InstructionSet;
  return {{&Run<baseline>::product, &Run<avx2>::product, &Run<avx512>::product}};
}

Loops::Sets masked_product_loops() {
  using enum InstructionSet;
  return {{&Run<baseline>::masked, &Run<avx2>::masked, &Run<avx512>::masked}};
}

Loops::Sets transposed_product_loops() {
  using enum InstructionSet;
  return {{&Run<baseline>::transposed, &Run<avx2>::transposed, &Run<avx512>::transposed}};
}

}  // namespace plexus::detail

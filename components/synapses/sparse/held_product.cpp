#include "plexus/components/synapses/sparse/held_product.h"

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/sparse.h"

namespace plexus {

void HeldProduct::run(Compartment& W, float scale, std::span<const float> x, std::span<float> y) {
  const std::int64_t pre = W.shape()[0], cols = W.shape()[1];
  const SparsePattern* pattern = W.targeted() ? nullptr : W.pattern();
  if (pattern != nullptr) {
    active_.resize(static_cast<std::size_t>(pre + detail::kVector));  // once
    sums_.resize(static_cast<std::size_t>(cols));
    detail::sparse_product({*pattern, W.held_values(), scale}, x, y, active_, sums_);
    return;
  }
  // Wired, or set to a matrix of many non-zeros.
  const std::int64_t batch = static_cast<std::int64_t>(x.size()) / pre;
  detail::product_kernels(batch, detail::Masking::single)
      .best()({.x = x.data(),
               .W = W.values().data(),
               .mask = &scale,
               .y = y.data(),
               .batch = batch,
               .pre = pre,
               .cols = cols,
               .to = pre});
}

}  // namespace plexus

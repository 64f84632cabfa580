#include "plexus/components/synapses/sparse/held_product.h"

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/sparse.h"

namespace plexus {

void HeldProduct::run(Compartment& W, float scale, std::span<const float> x, std::span<float> y) {
  active_.resize(static_cast<std::size_t>(W.shape()[0] + detail::kVector));  // once
  const SparsePattern* pattern = W.targeted() ? nullptr : W.pattern();
  if (pattern != nullptr)
    detail::sparse_product({*pattern, W.held_values(), scale}, x, y, active_);
  else  // wired, or set to a matrix of many non-zeros
    detail::unbroken_product({W.values(), scale}, x, y, active_);
}

}  // namespace plexus

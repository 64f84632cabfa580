#pragma once

// What a product takes for W_ij: the matrix, or the matrix times a mask.

#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/vector.h"

namespace plexus::detail {

struct PlainWeights {
  const float* W;
  explicit PlainWeights(const ProductArguments& a) : W(a.W) {}
  template <int N>
  PLEXUS_INLINE void read(Vector<N>& w, std::int64_t at) const {
    load<N>(w, W + at);
  }
};

/// W_ij mask_ij, rounded once.
struct MaskedWeights {
  const float *W, *mask;
  explicit MaskedWeights(const ProductArguments& a) : W(a.W), mask(a.mask) {}
  template <int N>
  PLEXUS_INLINE void read(Vector<N>& w, std::int64_t at) const {
    Vector<N> m;
    load<N>(w, W + at);
    load<N>(m, mask + at);
    w = w * m;
  }
};

/// One mask value for all.
struct ScaledWeights {
  const float* W;
  float mask;
  explicit ScaledWeights(const ProductArguments& a) : W(a.W), mask(*a.mask) {}
  template <int N>
  PLEXUS_INLINE void read(Vector<N>& w, std::int64_t at) const {
    Vector<N> m;
    load<N>(w, W + at);
    spread<N>(m, mask);
    w = w * m;
  }
};

}  // namespace plexus::detail

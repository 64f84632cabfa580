#include "plexus/core/kernels/product.h"

#include <algorithm>

#include "plexus/core/kernels/target.h"

namespace plexus::detail {
namespace {

/// Columns that are summed together: their sums stay in the first-level cache while W streams by.
constexpr std::int64_t kTile = 512;

struct Product {
  const float *x, *W;
  float* y;
  std::int64_t batch, pre, cols;
  explicit Product(const Call& call)
      : x(call.arguments[0]),
        W(call.arguments[1]),
        y(call.arguments[2]),
        batch(call.batch),
        pre(call.pre),
        cols(call.cols) {}
};

/// Four rows at once: a quarter of the passes over y, the same chain per column.
[[gnu::always_inline]] inline void add_rows(const float* x, const float* W, std::int64_t stride,
                                            float* y, std::int64_t n) {
  const float x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
  const float *w0 = W, *w1 = W + stride, *w2 = W + 2 * stride, *w3 = W + 3 * stride;
#pragma GCC ivdep
  for (std::int64_t j = 0; j < n; ++j)
    y[j] = (((y[j] + x0 * w0[j]) + x1 * w1[j]) + x2 * w2[j]) + x3 * w3[j];
}

[[gnu::always_inline]] inline void add_row(float x, const float* W, float* y, std::int64_t n) {
  if (x == 0) return;
#pragma GCC ivdep
  for (std::int64_t j = 0; j < n; ++j) y[j] += x * W[j];
}

[[gnu::always_inline]] inline void multiply(const Call& call) {
  const Product p(call);
  std::fill_n(p.y, p.batch * p.cols, 0.0F);
  for (std::int64_t from = 0; from < p.cols; from += kTile) {
    const std::int64_t n = std::min(kTile, p.cols - from);
    std::int64_t i = 0;
    for (; i + 4 <= p.pre; i += 4) {
      const float* W = p.W + i * p.cols + from;
      for (std::int64_t b = 0; b < p.batch; ++b) {
        const float* x = p.x + b * p.pre + i;
        float* y = p.y + b * p.cols + from;
        if (x[0] != 0 && x[1] != 0 && x[2] != 0 && x[3] != 0) {
          add_rows(x, W, p.cols, y, n);
        } else {
          for (int r = 0; r < 4; ++r) add_row(x[r], W + r * p.cols, y, n);
        }
      }
    }
    for (; i < p.pre; ++i)
      for (std::int64_t b = 0; b < p.batch; ++b)
        add_row(p.x[b * p.pre + i], p.W + i * p.cols + from, p.y + b * p.cols + from, n);
  }
}

/// The same in wider vectors, where the machine has them.
PLEXUS_TARGET_AVX2 void multiply_wide(const Call& call) {
  multiply(call);
}

}  // namespace

void run_product(const Call& call, const Step& /*step*/) {
  instruction_set() >= InstructionSet::avx2 ? multiply_wide(call) : multiply(call);
}

void run_masked_product(const Call& call, const Step& step) {
  const float* mask = call.arguments[3];
  const bool single = call.row_strides[3] == 0;
  if (single && mask[0] == 1) return run_product(call, step);

  const Product p(call);
  std::fill_n(p.y, p.batch * p.cols, 0.0F);
  for (std::int64_t i = 0; i < p.pre; ++i) {
    const float* W = p.W + i * p.cols;
    for (std::int64_t b = 0; b < p.batch; ++b) {
      const float x = p.x[b * p.pre + i];
      if (x == 0) continue;
      float* y = p.y + b * p.cols;
      if (single) {
        for (std::int64_t j = 0; j < p.cols; ++j) y[j] += x * (W[j] * mask[0]);
      } else {
        for (std::int64_t j = 0; j < p.cols; ++j) y[j] += x * (W[j] * mask[i * p.cols + j]);
      }
    }
  }
}

void run_transposed_product(const Call& call, const Step& /*step*/) {
  const Product p(call);
  for (std::int64_t b = 0; b < p.batch; ++b) {
    for (std::int64_t i = 0; i < p.pre; ++i) {
      float sum = 0;
      for (std::int64_t j = 0; j < p.cols; ++j) sum += p.x[b * p.cols + j] * p.W[i * p.cols + j];
      p.y[b * p.pre + i] = sum;
    }
  }
}

}  // namespace plexus::detail

#include "plexus/components/math/convolution.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/outer_tile.h"
#include "plexus/core/kernels/product.h"

namespace plexus::math {
namespace {

/// A table by source(p, u), which may lie outside of the inputs.
template <class Source>
TapTable table(std::int64_t inputs, std::int64_t outputs, std::int64_t taps, Source source) {
  TapTable t{inputs, std::max<std::int64_t>(outputs, 0), taps};
  t.sources.reserve(static_cast<std::size_t>(t.outputs * taps));
  for (std::int64_t p = 0; p < t.outputs; ++p)
    for (std::int64_t u = 0; u < taps; ++u) {
      const std::int64_t i = source(p, u);
      t.sources.push_back(i >= 0 && i < inputs ? i : TapTable::kNone);
    }
  return t;
}

}  // namespace

Padding padding(std::string_view name) {
  if (name == "SAME") return Padding::same;
  if (name == "VALID") return Padding::valid;
  throw Error(Error::Kind::config, {}, fmt::format("no padding is called '{}'", name),
              "use SAME or VALID");
}

TapTable convolution_taps(std::int64_t inputs, std::int64_t taps, std::int64_t stride,
                          Padding padding) {
  const bool same = padding == Padding::same;
  const std::int64_t outputs = same             ? (inputs + stride - 1) / stride
                               : inputs >= taps ? (inputs - taps) / stride + 1
                                                : 0;
  const std::int64_t low =
      same ? std::max<std::int64_t>((outputs - 1) * stride + taps - inputs, 0) / 2 : 0;
  return table(inputs, outputs, taps,
               [=](std::int64_t p, std::int64_t u) { return p * stride + u - low; });
}

TapTable deconvolution_taps(std::int64_t inputs, std::int64_t taps, std::int64_t stride,
                            Padding padding) {
  // The zeros before the first input: half of all that SAME needs, rounded up; else as many as let
  // every tap see it.
  const std::int64_t beyond =
      padding == Padding::valid ? std::max<std::int64_t>(taps - stride, 0) : 0;
  const bool half = padding == Padding::same && stride <= taps - 1;
  const std::int64_t low = half ? (taps + stride - 1) / 2 : taps - 1;
  return table(inputs, inputs * stride + beyond, taps, [=](std::int64_t p, std::int64_t u) {
    const std::int64_t i = p + u - low;
    return i % stride == 0 ? i / stride : TapTable::kNone;
  });
}

Convolution::Convolution(TapTable rows, TapTable cols, std::int64_t channels_in,
                         std::int64_t channels_out)
    : rows_(std::move(rows)),
      cols_(std::move(cols)),
      in_(channels_in),
      out_(channels_out),
      patches_(static_cast<std::size_t>(positions() * terms())) {}

std::size_t Convolution::x_size() const {
  return static_cast<std::size_t>(rows_.inputs * cols_.inputs * in_);
}

/// visit(tap, source): for each tap of each output, where its channels lie in `patches_` and in a
/// sample; kNone if there is no source.
template <class Visit>
void Convolution::each_tap(Visit visit) const {
  std::int64_t tap = 0;
  for (std::int64_t p = 0; p < rows_.outputs; ++p)
    for (std::int64_t q = 0; q < cols_.outputs; ++q)
      for (std::int64_t u = 0; u < rows_.taps; ++u) {
        const std::int64_t i = rows_.source(p, u);
        for (std::int64_t v = 0; v < cols_.taps; ++v, tap += in_) {
          const std::int64_t j = cols_.source(q, v);
          const bool outside = i == TapTable::kNone || j == TapTable::kNone;
          visit(tap, outside ? TapTable::kNone : (i * cols_.inputs + j) * in_);
        }
      }
}

void Convolution::gather(const float* x, float shift) {
  each_tap([&](std::int64_t tap, std::int64_t source) {
    float* to = patches_.data() + tap;
    if (source == TapTable::kNone)
      std::fill_n(to, in_, 0.0F);
    else
      for (std::int64_t c = 0; c < in_; ++c) to[c] = x[source + c] + shift;
  });
}

void Convolution::scatter(float* dx) const {
  std::fill_n(dx, x_size(), 0.0F);
  each_tap([&](std::int64_t tap, std::int64_t source) {
    if (source == TapTable::kNone) return;
    for (std::int64_t c = 0; c < in_; ++c)
      dx[source + c] += patches_[static_cast<std::size_t>(tap + c)];
  });
}

void Convolution::transmit(std::span<const float> x, std::span<const float> K, std::span<float> y) {
  const auto product = detail::product_kernels(positions()).best();
  const auto y_size = static_cast<std::size_t>(positions() * out_);
  for (std::size_t b = 0; b * x_size() < x.size(); ++b) {
    gather(x.data() + b * x_size(), 0);
    product({.x = patches_.data(),
             .W = K.data(),
             .y = y.data() + b * y_size,
             .batch = positions(),
             .pre = terms(),
             .cols = out_,
             .to = terms()});
  }
}

void Convolution::correlate(std::span<const float> x, float shift, std::span<const float> g,
                            std::span<float> dK) {
  using detail::kOuterCols, detail::kOuterRows;
  const auto outer = detail::outer_kernels().best();
  float sums[kOuterRows * kOuterCols];
  const auto y_size = static_cast<std::size_t>(positions() * out_);
  std::ranges::fill(dK, 0.0F);
  for (std::size_t b = 0; b * x_size() < x.size(); ++b) {
    gather(x.data() + b * x_size(), shift);
    for (std::int64_t i = 0; i < terms(); i += kOuterRows)
      for (std::int64_t j = 0; j < out_; j += kOuterCols) {
        const std::int64_t rows = std::min(kOuterRows, terms() - i);
        const std::int64_t cols = std::min(kOuterCols, out_ - j);
        outer({.x = patches_.data() + i,
               .x_stride = terms(),
               .y = g.data() + b * y_size + static_cast<std::size_t>(j),
               .y_stride = out_,
               .batch = positions(),
               .rows = rows,
               .cols = cols,
               .sums = sums});
        for (std::int64_t r = 0; r < rows; ++r) {
          float* to = dK.data() + (i + r) * out_ + j;
          for (std::int64_t c = 0; c < cols; ++c) to[c] += sums[r * kOuterCols + c];
        }
      }
  }
}

void Convolution::send_back(std::span<const float> g, std::span<const float> K,
                            std::span<float> dx) {
  const auto product = detail::transposed_kernels(positions()).best();
  const auto y_size = static_cast<std::size_t>(positions() * out_);
  for (std::size_t b = 0; b * y_size < g.size(); ++b) {
    product({.x = g.data() + b * y_size,
             .W = K.data(),
             .y = patches_.data(),
             .batch = positions(),
             .pre = terms(),
             .cols = out_,
             .to = out_});
    scatter(dx.data() + b * x_size());
  }
}

}  // namespace plexus::math

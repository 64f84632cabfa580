#include "plexus/components/math/convolution.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kIn = 2, kOut = 3, kBatch = 2;  // channels, samples

struct Geometry {
  bool deconvolves;
  std::int64_t inputs, taps, stride;
  Padding padding;

  [[nodiscard]] TapTable table() const {
    return (deconvolves ? deconvolution_taps : convolution_taps)(inputs, taps, stride, padding);
  }
  [[nodiscard]] std::string text() const {
    return (deconvolves ? "deconvolution, X = " : "convolution, X = ") + std::to_string(inputs) +
           ", k = " + std::to_string(taps) + ", s = " + std::to_string(stride) +
           (padding == Padding::same ? ", SAME" : ", VALID");
  }
};

std::vector<Geometry> geometries() {
  std::vector<Geometry> all;
  for (const bool deconvolves : {false, true})
    for (std::int64_t inputs = 4; inputs <= 8; ++inputs)
      for (std::int64_t taps = 1; taps <= 5; ++taps)
        for (std::int64_t stride = 1; stride <= 3; ++stride)
          for (const Padding p : {Padding::same, Padding::valid})
            if (deconvolves || p == Padding::same || inputs >= taps)
              all.push_back({deconvolves, inputs, taps, stride, p});
  return all;
}

/// Small integers, so that all sums are exact; others for another `seed`.
std::vector<float> integers(std::int64_t n, std::int64_t seed) {
  std::vector<float> values(static_cast<std::size_t>(n));
  for (float& v : values) {
    seed = (seed * 16807 + 7) % 2147483647;
    v = static_cast<float>(seed / 1000 % 11 - 5);
  }
  return values;
}

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// A square convolution with maps and filters of integers.
struct Example {
  explicit Example(const Geometry& g)
      : table(g.table()),
        convolution(table, table, kIn, kOut),
        x(integers(kBatch * g.inputs * g.inputs * kIn, 1)),
        K(integers(g.taps * g.taps * kIn * kOut, 2)),
        y(integers(kBatch * table.outputs * table.outputs * kOut, 3)) {}
  TapTable table;
  Convolution convolution;
  std::vector<float> x, K, y;
};

/// Where a square map of n rows has row i, column j and channel c of sample b.
std::size_t at(std::int64_t b, std::int64_t i, std::int64_t j, std::int64_t n, std::int64_t c,
               std::int64_t channels) {
  return static_cast<std::size_t>(((b * n + i) * n + j) * channels + c);
}

/// y, one product after the other: input (i, j) reaches output (p, q) through tap (u, v) if
/// reached(i, u) is p and reached(j, v) is q.
std::vector<float> by_definition(const Geometry& g, const Example& e) {
  const std::int64_t n = e.table.outputs, k = g.taps, s = g.stride;
  const std::int64_t low =
      g.padding == Padding::valid ? 0 : std::max<std::int64_t>((n - 1) * s + k - g.inputs, 0) / 2;
  std::int64_t pa = k - 1;
  if (g.padding == Padding::same && s <= k - 1) pa = (k + s - 2) / 2 + (k + s - 2) % 2;
  const auto reached = [&](std::int64_t i, std::int64_t u) -> std::int64_t {
    if (g.deconvolves) return i * s + pa - u;
    const std::int64_t at_stride = i + low - u;
    return at_stride >= 0 && at_stride % s == 0 ? at_stride / s : -1;
  };
  std::vector<float> y(e.y.size(), 0);
  for (std::int64_t b = 0; b < kBatch; ++b)
    for (std::int64_t i = 0; i < g.inputs; ++i)
      for (std::int64_t j = 0; j < g.inputs; ++j)
        for (std::int64_t u = 0; u < k; ++u)
          for (std::int64_t v = 0; v < k; ++v) {
            const std::int64_t p = reached(i, u), q = reached(j, v);
            if (p < 0 || p >= n || q < 0 || q >= n) continue;
            for (std::int64_t c = 0; c < kIn; ++c)
              for (std::int64_t o = 0; o < kOut; ++o)
                y[at(b, p, q, n, o, kOut)] +=
                    e.x[at(b, i, j, g.inputs, c, kIn)] *
                    e.K[static_cast<std::size_t>(((u * k + v) * kIn + c) * kOut + o)];
          }
  return y;
}

TEST(Convolution, LaysOutMapsAndFiltersAsTheReferenceDoes) {
  const std::vector<float> K{1, 2, 3, 4}, x{1, 10, 100, 1000};
  const TapTable narrow = convolution_taps(2, 2, 1, Padding::same);
  std::vector<float> y(4);
  Convolution(narrow, narrow, 1, 1).transmit(x, K, y);
  EXPECT_THAT(y, ElementsAre(4321, 3010, 2100, 1000));

  const TapTable wide = deconvolution_taps(2, 2, 2, Padding::same);
  y.resize(16);
  Convolution(wide, wide, 1, 1).transmit(x, K, y);
  EXPECT_THAT(y,
              ElementsAre(4, 3, 40, 30, 2, 1, 20, 10, 400, 300, 4000, 3000, 200, 100, 2000, 1000));
}

TEST(Convolution, HasTheOutputsOfItsPadding) {
  EXPECT_EQ(convolution_taps(7, 3, 2, Padding::same).outputs, 4);
  EXPECT_EQ(convolution_taps(8, 3, 2, Padding::valid).outputs, 3);
  EXPECT_EQ(convolution_taps(2, 3, 1, Padding::valid).outputs, 0);
  EXPECT_EQ(deconvolution_taps(5, 3, 2, Padding::same).outputs, 10);
  EXPECT_EQ(deconvolution_taps(3, 3, 2, Padding::valid).outputs, 7);
  EXPECT_EQ(deconvolution_taps(3, 2, 3, Padding::valid).outputs, 9);
}

TEST(Convolution, IsItsDefinitionInEveryGeometry) {
  for (const Geometry& g : geometries()) {
    Example e(g);
    const auto expected = by_definition(g, e);
    e.convolution.transmit(e.x, e.K, e.y);
    EXPECT_EQ(e.y, expected) << g.text();
  }
}

TEST(Convolution, HasItsAdjointsInEveryGeometry) {
  for (const Geometry& g : geometries()) {
    Example e(g);
    std::vector<float> y(e.y.size()), dK(e.K.size(), 9), dx(e.x.size(), 9);
    e.convolution.transmit(e.x, e.K, y);
    e.convolution.correlate(e.x, 0, e.y, dK);
    e.convolution.send_back(e.y, e.K, dx);

    EXPECT_EQ(dot(dK, e.K), dot(y, e.y)) << g.text();
    EXPECT_EQ(dot(dx, e.x), dot(y, e.y)) << g.text();
  }
}

/// Both are linear, so that their values at every unit vector say all.
TEST(Convolution, HasTheAdjointsOfEachTapAndEachInput) {
  Example e({false, 5, 3, 2, Padding::same});
  std::vector<float> y(e.y.size()), dK(e.K.size()), dx(e.x.size());
  e.convolution.correlate(e.x, 0, e.y, dK);
  e.convolution.send_back(e.y, e.K, dx);
  for (std::size_t k = 0; k < dK.size(); ++k) {
    std::vector<float> one(dK.size(), 0);
    one[k] = 1;
    e.convolution.transmit(e.x, one, y);
    EXPECT_EQ(dK[k], dot(y, e.y)) << k;
  }
  for (std::size_t i = 0; i < dx.size(); ++i) {
    std::vector<float> one(dx.size(), 0);
    one[i] = 1;
    e.convolution.transmit(one, e.K, y);
    EXPECT_EQ(dx[i], dot(y, e.y)) << i;
  }
}

TEST(Convolution, ShiftsInputsButNotWhatLiesAroundThem) {
  const Geometry g{false, 4, 3, 1, Padding::same};
  Example e(g);
  std::vector<float> shifted(e.K.size()), expected(e.K.size()), moved = e.x;
  for (float& v : moved) v += 2;
  e.convolution.correlate(e.x, 2, e.y, shifted);
  e.convolution.correlate(moved, 0, e.y, expected);
  EXPECT_EQ(shifted, expected);
}

TEST(Convolution, AddsManyTermsAndChannelsTheSameForEverySample) {
  const TapTable t = convolution_taps(6, 5, 1, Padding::same);
  constexpr std::int64_t kWide = 40;  // 1000 terms, in more than one chunk; channels beyond a tile
  Convolution convolution(t, t, kWide, kWide);
  std::vector<float> x(2 * 36 * kWide), K(25 * kWide * kWide), y(x.size()), dK(K.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1 / (1 + static_cast<float>(i % 101));
  std::copy_n(x.begin(), x.size() / 2, x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2));
  for (std::size_t i = 0; i < K.size(); ++i) K[i] = 1 / (3 + static_cast<float>(i % 89));

  convolution.transmit(x, K, y);
  convolution.correlate(x, 0, y, dK);

  EXPECT_TRUE(std::equal(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(y.size() / 2),
                         y.begin() + static_cast<std::ptrdiff_t>(y.size() / 2)));
  double expected = 0;  // of the last filter's last channel, through the middle tap
  for (std::size_t p = 0; p < 72; ++p)
    expected += double{x[p * kWide + kWide - 1]} * double{y[p * kWide + kWide - 1]};
  const float middle = dK[static_cast<std::size_t>((12 * kWide + kWide - 1) * kWide + kWide - 1)];
  EXPECT_NEAR(middle, expected, 1e-4 * std::abs(expected));
}

TEST(PaddingName, IsSameOrValid) {
  EXPECT_EQ(padding("SAME"), Padding::same);
  EXPECT_EQ(padding("VALID"), Padding::valid);
  EXPECT_THROW(padding("FULL"), Error);
}

}  // namespace
}  // namespace plexus::math

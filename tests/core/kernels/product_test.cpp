#include "plexus/core/kernels/product.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "plexus/core/kernels/active.h"
#include "plexus/core/random/draws.h"
#include "tests/core/kernels/values.h"

namespace plexus::detail {
namespace {

using test::drawn;
using test::Values;

Values transposed(const Values& W, std::int64_t pre, std::int64_t cols) {
  Values t(W.size());
  for (std::int64_t i = 0; i < pre; ++i)
    for (std::int64_t j = 0; j < cols; ++j)
      t[static_cast<std::size_t>(j * pre + i)] = W[static_cast<std::size_t>(i * cols + j)];
  return t;
}

/// The stated order, as plainly as can be.
Values plain(const Values& x, const Values& W, std::int64_t batch, std::int64_t pre,
             std::int64_t cols) {
  Values y(static_cast<std::size_t>(batch * cols));
  for (std::int64_t b = 0; b < batch; ++b) {
    for (std::int64_t j = 0; j < cols; ++j) {
      float total = 0;
      for (std::int64_t from = 0; from < pre; from += 512) {
        float sum = 0;
        for (std::int64_t i = from; i < std::min(from + 512, pre); ++i)
          sum = std::fma(x[static_cast<std::size_t>(b * pre + i)],
                         W[static_cast<std::size_t>(i * cols + j)], sum);
        total = from == 0 ? sum : total + sum;
      }
      y[static_cast<std::size_t>(b * cols + j)] = total + 0.0F;
    }
  }
  return y;
}

bool same_bits(const Values& a, const Values& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

struct Shape3 {
  std::int64_t batch, pre, cols;
};

std::vector<Shape3> shapes() {
  std::vector<Shape3> all;
  for (const std::int64_t pre : {1, 3, 7, 8, 9, 16, 31, 33, 64, 100})
    for (const std::int64_t cols : {1, 3, 7, 8, 9, 16, 31, 33, 64, 100})
      for (const std::int64_t batch : {1, 2, 5, 8, 32, 33}) all.push_back({batch, pre, cols});
  for (const std::int64_t batch : {1, 2, 3, 5, 8, 33})
    for (const auto& [pre, cols] : std::vector<std::pair<std::int64_t, std::int64_t>>{{512, 10},
                                                                                      {513, 40},
                                                                                      {1025, 7},
                                                                                      {1025, 33},
                                                                                      {1600, 300},
                                                                                      {7, 1025},
                                                                                      {40, 513},
                                                                                      {300, 1040}})
      all.push_back({batch, pre, cols});
  all.push_back({1, 530, 4100});  // beyond the columns whose sums are kept while rows stream by
  return all;
}

class Products : public testing::TestWithParam<InstructionSet> {
 protected:
  void SetUp() override {
    if (!has(GetParam())) GTEST_SKIP() << "this machine has no " << to_string(GetParam());
  }
  template <class Function>
  Function mine(const ForEachSet<Function>& kernels) {
    return kernels.of[static_cast<std::size_t>(GetParam())];
  }
};

/// What is beside y stays as it is.
constexpr float kGuard = 12345;

template <class Run>
void expect_equal(const Values& expected, const Shape3& s, const char* what, Run run) {
  Values y(expected.size() + 1, kGuard);
  run(y.data());
  EXPECT_EQ(y.back(), kGuard) << what;
  y.pop_back();
  EXPECT_TRUE(same_bits(y, expected))
      << fmt::format("{}: batch {}, {} x {}", what, s.batch, s.pre, s.cols);
}

TEST_P(Products, AddInTheStatedOrder) {
  for (const Shape3& s : shapes()) {
    const Values x = drawn(s.batch * s.pre, 1, 0.1F), W = drawn(s.pre * s.cols, 2);
    expect_equal(plain(x, W, s.batch, s.pre, s.cols), s, "product", [&](float* y) {
      mine(product_kernels(s.batch))({.x = x.data(),
                                      .W = W.data(),
                                      .y = y,
                                      .batch = s.batch,
                                      .pre = s.pre,
                                      .cols = s.cols,
                                      .to = s.pre});
    });
  }
}

TEST_P(Products, WithTheTransposeEqualThoseWithTheTransposeStored) {
  for (const Shape3& s : shapes()) {
    const Values x = drawn(s.batch * s.cols, 1), W = drawn(s.pre * s.cols, 2);
    const Values expected = plain(x, transposed(W, s.pre, s.cols), s.batch, s.cols, s.pre);
    expect_equal(expected, s, "transposed", [&](float* y) {
      mine(transposed_kernels(s.batch))({.x = x.data(),
                                         .W = W.data(),
                                         .y = y,
                                         .batch = s.batch,
                                         .pre = s.pre,
                                         .cols = s.cols,
                                         .to = s.cols});
    });
  }
}

TEST_P(Products, MultiplyWeightsByTheirMaskFirst) {
  for (const Shape3& s : shapes()) {
    const Values x = drawn(s.batch * s.pre, 1), W = drawn(s.pre * s.cols, 2);
    const Values mask = drawn(s.pre * s.cols, 3, 0.5F);
    Values masked = W, scaled = W;
    for (std::size_t i = 0; i < W.size(); ++i) {
      masked[i] = W[i] * mask[i];
      scaled[i] = W[i] * mask[0];
    }
    const ProductArguments a{.x = x.data(),
                             .W = W.data(),
                             .mask = mask.data(),
                             .batch = s.batch,
                             .pre = s.pre,
                             .cols = s.cols,
                             .to = s.pre};
    const auto run = [&](Masking masking) {
      return [&, masking](float* y) {
        ProductArguments to = a;
        to.y = y;
        mine(product_kernels(s.batch, masking))(to);
      };
    };
    expect_equal(plain(x, masked, s.batch, s.pre, s.cols), s, "mask", run(Masking::matrix));
    expect_equal(plain(x, scaled, s.batch, s.pre, s.cols), s, "single", run(Masking::single));
  }
}

TEST_P(Products, OfListedRowsEqualDenseOnes) {
  for (const Shape3& s : shapes()) {
    const Values x = drawn(s.batch * s.pre, 1, 0.8F), W = drawn(s.pre * s.cols, 2);
    const auto room = static_cast<std::size_t>(s.pre + kVector);
    std::vector<std::vector<std::uint32_t>> units(static_cast<std::size_t>(s.batch),
                                                  std::vector<std::uint32_t>(room));
    std::vector<ActiveList> lists;
    for (std::size_t b = 0; b < units.size(); ++b) {
      const float* sample = x.data() + static_cast<std::int64_t>(b) * s.pre;
      lists.push_back({units[b].data(), mine(list_kernels())(sample, s.pre, units[b].data())});
    }
    expect_equal(plain(x, W, s.batch, s.pre, s.cols), s, "gathered", [&](float* y) {
      mine(gathered_kernels())({.x = x.data(),
                                .W = W.data(),
                                .y = y,
                                .batch = s.batch,
                                .pre = s.pre,
                                .cols = s.cols,
                                .active = lists.data(),
                                .to = s.pre});
    });
  }
}

TEST_P(Products, AreTheSumOfTheirChunks) {
  for (const Shape3& s : {Shape3{1, 1600, 100}, Shape3{5, 1025, 40}, Shape3{1, 64, 64}}) {
    const std::int64_t chunks = chunks_of(s.pre), size = s.batch * s.cols;
    const Values x = drawn(s.batch * s.pre, 1), W = drawn(s.pre * s.cols, 2);
    expect_equal(plain(x, W, s.batch, s.pre, s.cols), s, "chunks", [&](float* y) {
      Values sums(static_cast<std::size_t>(chunks * size));
      const ProductArguments whole{.x = x.data(),
                                   .W = W.data(),
                                   .batch = s.batch,
                                   .pre = s.pre,
                                   .cols = s.cols,
                                   .to = s.pre};
      for (std::int64_t c = chunks; c-- > 0;)  // in any order
        mine(product_kernels(s.batch))(chunk_of(whole, c, sums.data() + c * size));
      add_chunks(sums.data(), chunks, size, y);
    });
  }
}

TEST_P(Products, LeaveNoNegativeZero) {
  for (const std::int64_t batch : {1, 8}) {
    const std::int64_t pre = 513, cols = 40;
    // Terms that round to -0, with +0 before them.
    const Values x(static_cast<std::size_t>(batch * pre), -1e-30F);
    const Values W(static_cast<std::size_t>(pre * cols), 1e-30F);
    Values y(static_cast<std::size_t>(batch * cols), 1);
    mine(product_kernels(batch))({.x = x.data(),
                                  .W = W.data(),
                                  .y = y.data(),
                                  .batch = batch,
                                  .pre = pre,
                                  .cols = cols,
                                  .to = pre});
    EXPECT_TRUE(same_bits(y, Values(y.size(), 0.0F)));
  }
}

INSTANTIATE_TEST_SUITE_P(EverySet, Products,
                         testing::Values(InstructionSet::baseline, InstructionSet::avx2,
                                         InstructionSet::avx512),
                         [](const auto& set) { return to_string(set.param); });

}  // namespace
}  // namespace plexus::detail

#include "plexus/core/kernels/sparse.h"

#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/target.h"
#include "plexus/core/random/samplers.h"
#include "plexus/core/sparse_pattern.h"

namespace plexus::detail {
namespace {

constexpr std::size_t kRows = 1300, kCols = 77, kBatch = 3;

struct Case {
  SparsePattern pattern = SparsePattern::drawn({kRows, kCols}, Key::from_seed(1), 0.1F);
  std::vector<float> kept = std::vector<float>(pattern.size());
  std::vector<float> whole = std::vector<float>(kRows * kCols);
  std::vector<float> x = std::vector<float>(kBatch * kRows);
  std::vector<std::uint32_t> active =
      std::vector<std::uint32_t>(kRows + static_cast<std::size_t>(kVector));

  std::vector<float> sums = std::vector<float>(kCols);

  /// A fifth of the inputs is not 0: spikes, or graded.
  explicit Case(bool spikes) {
    fill_normal(Key::from_seed(2), 0, kept);
    pattern.spread(kept, whole);
    fill_bernoulli(Key::from_seed(3), 0, x, 0.2F);
    std::vector<float> grades(x.size());
    fill_normal(Key::from_seed(4), 0, grades);
    for (std::size_t i = 0; i < x.size(); ++i)
      if (!spikes) x[i] *= grades[i];
  }
  std::vector<float> sparse(float scale = 1) {
    std::vector<float> y(kBatch * kCols, 9);
    sparse_product({pattern, kept, scale}, x, y, active, sums);
    return y;
  }
  std::vector<float> dense(float scale = 1) {
    std::vector<float> y(kBatch * kCols, 9);
    product_kernels(kBatch, Masking::single)
        .best()({.x = x.data(),
                 .W = whole.data(),
                 .mask = &scale,
                 .y = y.data(),
                 .batch = kBatch,
                 .pre = kRows,
                 .cols = kCols,
                 .to = kRows});
    return y;
  }
};

class SparseProduct : public testing::TestWithParam<bool> {};

TEST_P(SparseProduct, IsTheProductOfTheWholeMatrix) {
  Case c(GetParam());
  std::vector<double> expected(kBatch * kCols);
  for (std::size_t b = 0; b < kBatch; ++b)
    for (std::size_t i = 0; i < kRows; ++i)
      for (std::size_t j = 0; j < kCols; ++j)
        expected[b * kCols + j] +=
            static_cast<double>(c.x[b * kRows + i]) * static_cast<double>(c.whole[i * kCols + j]);

  EXPECT_THAT(c.sparse(), testing::Pointwise(testing::DoubleNear(1e-4), expected));
}

TEST_P(SparseProduct, HasTheBitsOfTheDenseProduct) {
  Case c(GetParam());
  EXPECT_EQ(c.sparse(), c.dense());
  EXPECT_EQ(c.sparse(0.3F), c.dense(0.3F));
  EXPECT_NE(c.sparse(0.3F), c.sparse());
}

TEST_P(SparseProduct, HasTheSameBitsOnEveryInstructionSet) {
  Case c(GetParam());
  const auto best = instruction_set();
  const auto expected = c.sparse();
  for (const auto set : {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
    if (!has(set)) continue;
    use_instruction_set(set);
    EXPECT_EQ(c.sparse(), expected) << to_string(set);
  }
  use_instruction_set(best);
}

INSTANTIATE_TEST_SUITE_P(Inputs, SparseProduct, testing::Bool(),
                         [](const auto& spikes) { return spikes.param ? "Spikes" : "Graded"; });

}  // namespace
}  // namespace plexus::detail

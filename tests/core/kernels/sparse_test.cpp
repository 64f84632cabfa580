#include "plexus/core/kernels/sparse.h"

#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/target.h"
#include "plexus/core/random/samplers.h"
#include "plexus/core/sparse_pattern.h"

namespace plexus::detail {
namespace {

constexpr std::size_t kRows = 130, kCols = 77, kBatch = 3;

struct Case {
  SparsePattern pattern = SparsePattern::drawn({kRows, kCols}, Key::from_seed(1), 0.1F);
  std::vector<float> kept = std::vector<float>(pattern.size());
  std::vector<float> whole = std::vector<float>(kRows * kCols);
  std::vector<float> x = std::vector<float>(kBatch * kRows);
  std::vector<std::uint32_t> active =
      std::vector<std::uint32_t>(kRows + static_cast<std::size_t>(kVector));

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
    sparse_product({pattern, kept, scale}, x, y, active);
    return y;
  }
  std::vector<float> unbroken(float scale = 1) {
    std::vector<float> y(kBatch * kCols, 9);
    unbroken_product({whole, scale}, x, y, active);
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

  EXPECT_THAT(c.sparse(), testing::Pointwise(testing::DoubleNear(1e-5), expected));
}

TEST_P(SparseProduct, HasTheBitsOfTheWholeMatrixInOneChain) {
  Case c(GetParam());
  EXPECT_EQ(c.sparse(), c.unbroken());
  EXPECT_EQ(c.sparse(0.3F), c.unbroken(0.3F));
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

TEST(ListActive, FindsWhatIsNotZeroInAscendingOrder) {
  std::vector<float> x(150);
  x[0] = 1, x[63] = -2, x[64] = 0.5F, x[149] = 1e-38F, x[100] = -0.0F;
  std::vector<std::uint32_t> units(150 + static_cast<std::size_t>(kVector));

  const auto count = static_cast<std::size_t>(list_active(x.data(), 150, units.data()));

  EXPECT_THAT(std::vector(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(count)),
              testing::ElementsAre(0, 63, 64, 149));
}

}  // namespace
}  // namespace plexus::detail

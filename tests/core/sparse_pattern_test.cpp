#include "plexus/core/sparse_pattern.h"

#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/random/samplers.h"
#include "plexus/core/random/sparse_draw.h"

namespace plexus {
namespace {

using testing::ElementsAre;

TEST(SparsePattern, ListsNonZerosRowByRow) {
  const std::vector<float> dense{0, 1, 2, 0, 0, 0, 3, 0, 4};
  const auto pattern = SparsePattern::of({3, 3}, dense);
  EXPECT_THAT(pattern.row_starts(), ElementsAre(0, 2, 2, 4));
  EXPECT_THAT(pattern.columns(), ElementsAre(1, 2, 0, 2));
}

TEST(SparsePattern, GathersWhatItSpreads) {
  const auto pattern = SparsePattern::of({2, 3}, std::vector<float>{0, 1, 1, 1, 0, 0});
  std::vector<float> dense(6, 9), kept(3);

  pattern.spread(std::vector<float>{5, 6, 7}, dense);
  EXPECT_THAT(dense, ElementsAre(0, 5, 6, 7, 0, 0));

  EXPECT_TRUE(pattern.gather(dense, kept));
  EXPECT_THAT(kept, ElementsAre(5, 6, 7));
}

TEST(SparsePattern, TellsThatAMatrixHasNonZerosElsewhere) {
  const auto pattern = SparsePattern::of({1, 3}, std::vector<float>{0, 1, 1});
  std::vector<float> kept(2);
  EXPECT_FALSE(pattern.gather(std::vector<float>{1, 1, 1}, kept));
  EXPECT_TRUE(pattern.gather(std::vector<float>{0, 0, 1}, kept));
}

TEST(SparsePattern, DrawsTheConnectionsThatAWholeMaskHas) {
  const Shape shape{50, 40};
  const Key key = Key::from_seed(7);
  std::vector<float> mask(shape.size());
  fill_bernoulli(key, 0, mask, 0.1F);

  const auto drawn = SparsePattern::drawn(shape, key, 0.1F);

  EXPECT_THAT(drawn.columns(), testing::ElementsAreArray(SparsePattern::of(shape, mask).columns()));
}

class DrawKept : public testing::TestWithParam<Initialiser> {};

TEST_P(DrawKept, GivesTheElementsOfTheWholeDraw) {
  const auto pattern = SparsePattern::drawn({30, 40}, Key::from_seed(1), 0.1F);
  std::vector<float> kept(pattern.size()), expected(pattern.size());
  const Tensor whole = GetParam().draw(pattern.shape(), Key::from_seed(2));
  pattern.for_each([&](std::size_t k, std::size_t at) { expected[k] = whole.floats()[at]; });

  draw_kept(GetParam(), Key::from_seed(2), pattern, kept);

  EXPECT_EQ(kept, expected);
}

INSTANTIATE_TEST_SUITE_P(Initialisers, DrawKept,
                         testing::Values(init::constant(0.5), init::uniform(-1, 2),
                                         init::gaussian(1, 0.5), init::gaussian().amin(0.1),
                                         init::fan_in_gaussian()));

}  // namespace
}  // namespace plexus

#include "plexus/components/math/filters.h"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>

#include "plexus/core/error.h"
#include "plexus/core/random/samplers.h"

namespace plexus::math {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;
using testing::ThrowsMessage;

Tensor images(const Shape& shape) {
  Tensor drawn{shape, std::vector<float>(shape.size())};
  fill_uniform(Key::from_seed(3), 0, drawn.floats());
  return drawn;
}

TEST(GaussianKernel, AgreesWithTheReferencesNumbers) {
  const auto kernel = gaussian_kernel(1, 1);

  ASSERT_EQ(kernel.size(), 9U);
  EXPECT_NEAR(kernel[4], 0.20418F, 1e-5F);
  EXPECT_NEAR(kernel[1], 0.12384F, 1e-5F);
  EXPECT_NEAR(kernel[0], 0.07511F, 1e-5F);
  EXPECT_NEAR(std::accumulate(kernel.begin(), kernel.end(), 0.0F), 1, 1e-6F);
}

TEST(GaussianFilter, OfAPointIsTheDifferenceOfTheKernels) {
  Tensor point{{5, 5}, std::vector<float>(25)};
  point.floats()[12] = 1;
  const auto c = gaussian_kernel(0.5F, 2), s = gaussian_kernel(2, 2);
  std::vector<float> expected(25);
  for (std::size_t i = 0; i < 25; ++i) expected[i] = c[i] - s[i];

  const Tensor filtered =
      gaussian_filter(point, {.sigma_center = 0.5F, .sigma_surround = 2, .kernel_size = 2});

  // The point is near the edge of no place that sees it, so padding counts for nothing.
  EXPECT_THAT(filtered.floats(), Pointwise(FloatNear(1e-6F), expected));
}

TEST(GaussianFilter, OfAnEvenImageIsNothingAndTheRatioOne) {
  const Tensor even{{2, 3, 6, 7}, std::vector<float>(252, 4)};

  EXPECT_THAT(gaussian_filter(even, {}).floats(), Each(FloatNear(0, 1e-6F)));
  EXPECT_THAT(gaussian_filter(even, {.use_ratio = true}).floats(), Each(FloatNear(1, 1e-5F)));
}

/// The reference's kernel has one channel for all: more fail there.
TEST(GaussianFilter, FiltersEveryChannelByItself) {
  const Tensor both = images({2, 2, 5, 6});
  const auto filtered = gaussian_filter(both, {});
  for (std::size_t n = 0; n < 4; ++n) {
    const auto own = both.floats().subspan(n * 30, 30);
    const Tensor one{{5, 6}, std::vector<float>(own.begin(), own.end())};
    EXPECT_THAT(filtered.floats().subspan(n * 30, 30),
                testing::ElementsAreArray(gaussian_filter(one, {}).floats()));
  }
}

TEST(GaussianFilter, ReflectsWithoutRepeatingTheEdgeIfToldTo) {
  const Tensor ramp{{3, 3}, std::vector<float>{0, 1, 2, 0, 1, 2, 0, 1, 2}};
  const CentreSurround reflecting{.sigma_center = 1e-3F,
                                  .sigma_surround = 1,
                                  .kernel_size = 1,
                                  .edge_pad_mode = EdgePad::reflect};
  CentreSurround edging = reflecting;
  edging.edge_pad_mode = EdgePad::edge;
  const float beside = gaussian_kernel(1, 1)[1] + 2 * gaussian_kernel(1, 1)[0];  // a column's share

  // Left of column 0 lies column 1 again, or column 0.
  EXPECT_NEAR(gaussian_filter(ramp, reflecting).floats()[0], -2 * beside, 1e-6F);
  EXPECT_NEAR(gaussian_filter(ramp, edging).floats()[0], -beside, 1e-6F);
  EXPECT_EQ(edge_pad("reflect"), EdgePad::reflect);
  EXPECT_THAT([] { edge_pad("zero"); },
              ThrowsMessage<Error>(HasSubstr("unknown padding of an edge 'zero'")));
}

TEST(CorticalFilter, IsRectifiedAndSaturates) {
  const Tensor x = images({4, 8, 8});
  const Tensor plain = gaussian_filter(x, {});
  const Tensor rectified = cortical_gaussian_filter(x, {});
  const Tensor ratio =
      cortical_gaussian_filter(x, {.use_ratio = true}, {.semi_sat_constant = 0.5F});
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_EQ(rectified.floats()[i], std::max(0.0F, plain.floats()[i])) << i;

  const Tensor even{{4, 4}, std::vector<float>(16, 2)};
  EXPECT_THAT(cortical_gaussian_filter(even, {.kernel_size = 1, .use_ratio = true},
                                       {.semi_sat_constant = 0.5F})
                  .floats(),
              Each(FloatNear(4 / 4.25F, 1e-6F)));
  EXPECT_THAT(ratio.floats(), Each(testing::Ge(0)));
}

TEST(GaussianFilter, RefusesWhatItCannotBlur) {
  EXPECT_THAT(
      [] {
        gaussian_filter(images({4, 2}), {.kernel_size = 2});
      },
      ThrowsMessage<Error>(HasSubstr("too small for a kernel of radius 2")));
  EXPECT_THAT([] { gaussian_filter(images({4}), {}); },
              ThrowsMessage<Error>(HasSubstr("expected (…, height, width)")));
  EXPECT_THAT([] { gaussian_kernel(0, 1); }, ThrowsMessage<Error>(HasSubstr("choose sigma > 0")));
}

}  // namespace
}  // namespace plexus::math

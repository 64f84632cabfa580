#include "plexus/core/kernels/active.h"

#include <limits>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/random/draws.h"

namespace plexus::detail {
namespace {

TEST(ListActive, NamesWhatIsNotZeroInAscendingOrderOnEverySet) {
  for (int set = 0; set < kInstructionSets; ++set) {
    if (!has(static_cast<InstructionSet>(set))) continue;
    for (const std::int64_t n : {0, 1, 7, 8, 9, 16, 31, 33, 784, 1025}) {
      for (const float density : {0.0F, 0.05F, 0.5F, 1.0F}) {
        std::vector<float> x(static_cast<std::size_t>(n));
        std::vector<std::uint32_t> expected;
        for (std::size_t i = 0; i < x.size(); ++i) {
          if (uniform_at(Key::from_seed(1), i) >= density) continue;
          x[i] = i % 2 == 0 ? 1.0F : -0.25F;
          expected.push_back(static_cast<std::uint32_t>(i));
        }
        std::vector<std::uint32_t> units(x.size() + kVector);
        units.resize(static_cast<std::size_t>(
            list_kernels().of[static_cast<std::size_t>(set)](x.data(), n, units.data())));
        EXPECT_EQ(units, expected)
            << n << " units, " << to_string(static_cast<InstructionSet>(set));
      }
    }
  }
}

TEST(ListActive, CountsNaNAsActiveAndNegativeZeroAsNot) {
  std::vector<float> x(20);
  x[3] = std::numeric_limits<float>::quiet_NaN();
  x[18] = std::numeric_limits<float>::quiet_NaN();
  x[5] = -0.0F;
  for (int set = 0; set < kInstructionSets; ++set) {
    if (!has(static_cast<InstructionSet>(set))) continue;
    std::vector<std::uint32_t> units(x.size() + kVector);
    units.resize(static_cast<std::size_t>(
        list_kernels().of[static_cast<std::size_t>(set)](x.data(), 20, units.data())));
    EXPECT_THAT(units, testing::ElementsAre(3, 18));
  }
}

}  // namespace
}  // namespace plexus::detail

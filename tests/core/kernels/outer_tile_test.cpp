#include "plexus/core/kernels/outer_tile.h"

#include <cmath>
#include <cstring>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/random/draws.h"
#include "tests/core/kernels/values.h"

namespace plexus::detail {
namespace {

using test::drawn;

float plain_sum(const float* x, const float* y, std::int64_t batch, std::int64_t pre,
                std::int64_t cols, std::int64_t i, std::int64_t j) {
  float sum = 0;
  for (std::int64_t b = 0; b < batch; ++b) sum = std::fma(x[b * pre + i], y[b * cols + j], sum);
  return sum;
}

TEST(OuterTile, AddsSamplesInOrderOnEverySetPackedOrNot) {
  for (const std::int64_t batch : {1, 2, 5, 32, 33}) {
    for (const std::int64_t pre : {1, 7, 8, 21}) {
      for (const std::int64_t cols : {1, 9, 31, 32, 49, 100}) {
        const std::vector<float> x = drawn(batch * pre, 1), y = drawn(batch * cols, 2);
        std::vector<float> xs(static_cast<std::size_t>(packed_size(batch, pre, kOuterRows)));
        std::vector<float> ys(static_cast<std::size_t>(packed_size(batch, cols, kOuterCols)));
        pack_panels(x.data(), batch, pre, kOuterRows, xs.data());
        pack_panels(y.data(), batch, cols, kOuterCols, ys.data());
        for (int set = 0; set < kInstructionSets; ++set) {
          if (!has(static_cast<InstructionSet>(set))) continue;
          const auto kernel = outer_kernels().of[static_cast<std::size_t>(set)];
          bool equal = true;
          for (std::int64_t i = 0; i < pre; i += kOuterRows) {
            for (std::int64_t j = 0; j < cols; j += kOuterCols) {
              const std::int64_t rows = std::min(kOuterRows, pre - i),
                                 n = std::min(kOuterCols, cols - j);
              float packed[kOuterRows * kOuterCols], direct[kOuterRows * kOuterCols];
              kernel({xs.data() + i * batch, kOuterRows, ys.data() + j * batch, kOuterCols, batch,
                      rows, n, packed});
              kernel({x.data() + i, pre, y.data() + j, cols, batch, rows, n, direct});
              for (std::int64_t r = 0; r < rows; ++r) {
                for (std::int64_t c = 0; c < n; ++c) {
                  const float expected =
                      plain_sum(x.data(), y.data(), batch, pre, cols, i + r, j + c);
                  equal &=
                      std::memcmp(&packed[r * kOuterCols + c], &expected, sizeof expected) == 0;
                  equal &=
                      std::memcmp(&direct[r * kOuterCols + c], &expected, sizeof expected) == 0;
                }
              }
            }
          }
          EXPECT_TRUE(equal) << "batch " << batch << ", " << pre << " x " << cols << ", "
                             << to_string(static_cast<InstructionSet>(set));
        }
      }
    }
  }
}

}  // namespace
}  // namespace plexus::detail

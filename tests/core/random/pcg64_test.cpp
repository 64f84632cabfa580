#include "plexus/core/random/pcg64.h"

#include <gtest/gtest.h>

namespace plexus {
namespace {

TEST(Pcg64, GivesTheNumbersOfNumPysDefaultGenerator) {
  Pcg64 generator(0);
  EXPECT_DOUBLE_EQ(generator.uniform(), 0.6369616873214543);
  EXPECT_DOUBLE_EQ(generator.uniform(), 0.2697867137638703);
  EXPECT_DOUBLE_EQ(generator.uniform(), 0.04097352393619469);
}

TEST(Pcg64, TakesSeedsOf64Bits) {
  EXPECT_NE(Pcg64(std::uint64_t{1} << 40).bits(), Pcg64(0).bits());
}

}  // namespace
}  // namespace plexus

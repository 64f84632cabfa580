#include "plexus/components/synapses/sparse/stream_map.h"

#include <gmock/gmock.h>

namespace plexus {
namespace {

using Rows = std::vector<std::vector<int>>;

Rows rows(const StreamMap& map) {
  Rows all;
  for (int s = 0; s < map.outputs(); ++s)
    for (int p = 0; p < map.slots(); ++p) {
      if (p == 0) all.emplace_back();
      all.back().push_back(map.at(s, p));
    }
  return all;
}

TEST(StreamMap, AgreesWithTheReferencesMaps) {
  EXPECT_EQ(rows(StreamMap::forward({.n_in_streams = 4, .width = 2})),
            (Rows{{0, 1}, {1, 2}, {2, 3}}));
  EXPECT_EQ(rows(StreamMap::forward({.n_in_streams = 5, .width = 2, .stride = 2})),
            (Rows{{0, 1}, {2, 3}}));
  EXPECT_EQ(rows(StreamMap::forward({.n_in_streams = 6, .width = 2, .dilation = 2})),
            (Rows{{0, 2}, {1, 3}, {2, 4}, {3, 5}}));
  EXPECT_EQ(rows(StreamMap::forward({.n_in_streams = 8, .width = 4, .convergent_factor = 0.6F})),
            (Rows{{0, 1, -1, -1},
                  {1, 2, -1, -1},
                  {2, 3, 4, -1},
                  {3, 4, 5, 6},
                  {4, 5, 6, 7},
                  {5, 6, 7, -1},
                  {6, 7, -1, -1}}));
}

TEST(StreamMap, InvertedAgreesWithTheReferencesMaps) {
  EXPECT_EQ(rows(StreamMap::forward({.n_in_streams = 4, .width = 2}).inverted()),
            (Rows{{0, -1}, {0, 1}, {1, 2}, {2, -1}}));
  EXPECT_EQ(rows(StreamMap::forward({.n_in_streams = 7, .width = 2, .stride = 3}).inverted()),
            (Rows{{0}, {0}, {-1}, {1}, {1}, {-1}, {-1}}));
  EXPECT_EQ(
      rows(StreamMap::forward({.n_in_streams = 7, .width = 3, .convergent_factor = 0.5F})
               .inverted()),
      (Rows{{0, -1, -1}, {0, 1, -1}, {1, 2, -1}, {2, 3, -1}, {3, 4, -1}, {3, 4, 5}, {4, 5, 6}}));
}

TEST(StreamMap, KnowsTheSlotThatReadsAStream) {
  const StreamMap map = StreamMap::forward({.n_in_streams = 4, .width = 2});
  EXPECT_EQ(map.slot_of(1, 2), 1);
  EXPECT_EQ(map.slot_of(1, 0), StreamMap::kDead);
}

}  // namespace
}  // namespace plexus

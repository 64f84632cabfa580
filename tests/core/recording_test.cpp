#include "plexus/core/recording.h"

#include <gmock/gmock.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

using testing::ElementsAre;

TEST(Recording, HasARowForEverySample) {
  Recording recording;
  for (const float x : {1.0F, 3.0F})
    recording.append("W.outputs", Tensor{{1, 2}, std::vector<float>{x, x + 1}});

  EXPECT_EQ(recording["W.outputs"].shape, (Shape{2, 1, 2}));
  EXPECT_THAT(recording["W.outputs"].floats(), ElementsAre(1, 2, 3, 4));
}

TEST(Recording, CountsRowsThatAreEmpty) {
  Recording recording;
  for (int sample = 0; sample < 3; ++sample)
    recording.append("W.input_delay_buffer", Tensor{{0, 2, 5}, std::vector<float>{}});

  EXPECT_EQ(recording["W.input_delay_buffer"].shape, (Shape{3, 0, 2, 5}));
}

TEST(Recording, CountsRowsThatAreSingleNumbers) {
  Recording recording;
  recording.append("e.L", Tensor{{}, std::vector<float>{-1}});

  EXPECT_EQ(recording["e.L"].shape, Shape{1});
}

TEST(Recording, RefusesRowsOfAnotherShape) {
  Recording recording;
  recording.append("W.outputs", Tensor{{1, 2}, std::vector<float>{1, 2}});

  EXPECT_THROW(recording.append("W.outputs", Tensor{{1, 1}, std::vector<float>{1}}), Error);
}

}  // namespace
}  // namespace plexus

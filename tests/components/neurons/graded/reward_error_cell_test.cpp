#include "plexus/components/neurons/graded/reward_error_cell.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class RewardErrorCellTest : public testing::Test {
 protected:
  RewardErrorCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  RewardErrorCell& add(const RewardErrorCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<RewardErrorCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(RewardErrorCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 1, .alpha = 0.1F});
  float mu = 0;
  for (const float r : {1.0F, 0.5F, 0.0F, 2.0F, 1.5F, 0.0F, 1.0F, 0.5F, 0.0F, 1.0F}) {
    cell.reward.set(r);
    cell.advance_state.run();
    EXPECT_NEAR(cell.rpe.scalar(), r - mu, 1e-6F);
    mu = 0.9F * mu + 0.1F * r;
    EXPECT_NEAR(cell.mu.scalar(), mu, 1e-6F);
  }
  EXPECT_FLOAT_EQ(cell.accum_reward.scalar(), 7.5F);
  EXPECT_EQ(cell.n_ep_steps.scalar(), 10);

  cell.evolve.run();

  EXPECT_NEAR(cell.mu.scalar(), 0.9F * mu + 0.1F * 0.75F, 1e-6F);
}

TEST_F(RewardErrorCellTest, LearnsFromEpisodesAloneWithoutTheOnlinePredictor) {
  auto& cell =
      add({.n_units = 1, .alpha = 0.1F, .ema_window_len = 4, .use_online_predictor = false});
  cell.reward.set(2);
  cell.advance_state.run();
  cell.advance_state.run();
  EXPECT_EQ(cell.mu.scalar(), 0);

  cell.evolve.run();

  EXPECT_EQ(cell.mu.scalar(), 0.5F);
}

TEST_F(RewardErrorCellTest, AveragesEachSampleOverItsOwnSteps) {
  auto& cell = add({.n_units = 2, .alpha = 0, .ema_window_len = 1, .batch_size = 2});
  cell.reward.set({1, 2, 3, 4});
  cell.advance_state.run();
  cell.n_ep_steps.set({1, 2});

  cell.evolve.run();

  EXPECT_THAT(cell.mu.values(), ElementsAre(1, 2, 1.5F, 2));
}

TEST_F(RewardErrorCellTest, LearnsNothingFromAnEpisodeWithoutSteps) {
  auto& cell = add({.n_units = 2, .alpha = 0.1F});
  cell.mu.set(3);

  cell.evolve.run();

  EXPECT_THAT(cell.mu.values(), Each(3));
}

TEST_F(RewardErrorCellTest, ResetKeepsTheReward) {
  auto& cell = add({.n_units = 1, .alpha = 0.1F});
  cell.reward.set(2);
  cell.advance_state.run();

  cell.reset.run();

  EXPECT_EQ(cell.reward.scalar(), 2);
  for (const Compartment* c : {&cell.mu, &cell.rpe, &cell.accum_reward, &cell.n_ep_steps})
    EXPECT_EQ(c->scalar(), 0) << c->name();
}

TEST_F(RewardErrorCellTest, RefusesAnAverageOfMoreThanAll) {
  EXPECT_THAT([&] { add({.n_units = 1, .alpha = 1.5F}); },
              ThrowsMessage<Error>(HasSubstr("alpha")));
}

}  // namespace
}  // namespace plexus

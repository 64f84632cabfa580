#include "plexus/components/encoders/phasor_cell.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/random/key.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class PhasorCellTest : public testing::Test {
 protected:
  PhasorCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  PhasorCell& add(const PhasorCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<PhasorCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

constexpr Key kPhasorKey{2877103387, 1697627890};  // row 1 of split(PRNGKey(1234), 6)

TEST_F(PhasorCellTest, TurnsAsTheReferenceDoes) {
  auto& cell = add({.n_units = 4}, kPhasorKey);
  EXPECT_EQ(cell.key.key(), (Key{2278044397, 1763695576}));
  EXPECT_THAT(cell.base_scale.values(),
              AreNear(1e-6F, {0.9882353F, 0.8156863F, 0.8627451F, 1.0352942F}));
  cell.inputs.set({1, 0.5F, 0.75F, 2});

  for (int t = 0; t < 20; ++t) cell.advance_state.run({.t = static_cast<double>(t), .dt = 1});

  EXPECT_THAT(cell.tols.values(), ElementsAre(15, 0, 0, 16));
  EXPECT_THAT(cell.angles.values(),
              AreNear(1e-5F, {1.7185707F, 3.4050245F, 5.3117185F, 2.409377F}));
}

TEST_F(PhasorCellTest, HandsItsInputsOnIfDisabled) {
  auto& cell = add({.n_units = 1, .target_freq = 1000, .disable_phasor = true});

  EXPECT_THAT(Responses(cell.advance_state, cell.outputs)
                  .to(cell.inputs, {{1}, {1}, {0}, {0.25F}, {1}})
                  .values(),
              ElementsAre(1, 1, 0, 0.25F, 1));
}

TEST_F(PhasorCellTest, SpikesAsOftenAsItsFrequencySays) {
  auto& cell = add({.n_units = 200, .target_freq = 50});
  cell.inputs.set(1);
  float spikes = 0;

  for (int t = 0; t < 1000; ++t) {
    cell.advance_state.run({.t = static_cast<double>(t), .dt = 1});
    for (const float s : cell.outputs.values()) spikes += s;
  }

  // The mean of 200 Poisson numbers of mean 50; the last turn is half done on average.
  EXPECT_NEAR(spikes / 200, 49.5, 4 * std::sqrt(50.0 / 200));
}

TEST_F(PhasorCellTest, ResetMovesTheKeyOnAndKeepsTheSpeeds) {
  auto& cell = add({.n_units = 2}, kPhasorKey);
  cell.inputs.set(1);
  cell.advance_state.run({.t = 1, .dt = 1});
  const Key key = cell.key.key();
  const Tensor speeds = cell.base_scale.value();

  cell.reset.run();

  EXPECT_EQ(cell.key.key(), split(key).first);
  EXPECT_EQ(cell.base_scale.value(), speeds);
  for (const Compartment* c : {&cell.inputs, &cell.outputs, &cell.tols, &cell.angles})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

TEST_F(PhasorCellTest, ReportsAFrequencyOfMoreThanOneTurnAStep) {
  auto& cell = add({.n_units = 1, .target_freq = 500});
  cell.inputs.set(1);

  testing::internal::CaptureStderr();
  cell.advance_state.run({.t = 0, .dt = 2});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");

  testing::internal::CaptureStderr();
  cell.advance_state.run({.t = 0, .dt = 3});
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("more than one turn in a step"));
}

TEST_F(PhasorCellTest, HasItsSpeedsInACompartment) {
  auto& cell = add({.n_units = 1, .target_freq = 50});
  cell.inputs.set(1);
  cell.base_scale.set(0);

  cell.advance_state.run({.t = 0, .dt = 1});

  EXPECT_EQ(cell.angles.scalar(), 0);
  EXPECT_TRUE(cell.base_scale.options().auto_save);
}

TEST_F(PhasorCellTest, RefusesAFrequencyThatIsNone) {
  EXPECT_THAT([&] { add({.n_units = 1, .target_freq = 0}); },
              ThrowsMessage<Error>(HasSubstr("target_freq")));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/neurons/graded/bernoulli_error_cell.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;

class BernoulliErrorCellTest : public testing::Test {
 protected:
  BernoulliErrorCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  BernoulliErrorCell& add(const BernoulliErrorCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<BernoulliErrorCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(BernoulliErrorCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 1});
  const float p[]{0.49671414F, -0.1382643F, 0.64768857F}, target[]{-2.5F, -2, -1.5F};
  const float dp[]{-2.8193381F, -4976.9263F, -2.1224928F},
      L[]{-0.65373778F, 18.420382F, -1.9565812F};
  for (int i = 0; i < 3; ++i) {
    cell.p.set(p[i]);
    cell.target.set(target[i]);

    cell.advance_state.run();

    EXPECT_NEAR(cell.dp.scalar(), dp[i], 1e-5F * std::abs(dp[i]));
    EXPECT_NEAR(cell.L.scalar(), L[i], 1e-5F * std::abs(L[i]));
  }
}

TEST_F(BernoulliErrorCellTest, TakesLogits) {
  auto& cell = add({.n_units = 2, .input_logits = true});
  cell.p.set({0.3F, -2});
  cell.target.set({1, 0});
  cell.modulator.set(2);
  cell.mask.set({1, 0});

  cell.advance_state.run();

  EXPECT_THAT(cell.dp.values(), AreNear(1e-6F, {0.851115F, 0}));
  EXPECT_THAT(cell.dtarget.values(), AreNear(1e-6F, {0.5999999F, 0}));
  EXPECT_NEAR(cell.L.scalar(), -0.68128324F, 1e-6F);
  EXPECT_THAT(cell.mask.values(), Each(1));
}

TEST_F(BernoulliErrorCellTest, IsFiniteAtCertainty) {
  for (const bool logits : {false, true}) {
    auto& cell = add({.n_units = 2, .input_logits = logits});
    cell.p.set({1000, -1000});
    cell.target.set({0, 1});

    cell.advance_state.run();

    EXPECT_NEAR(cell.L.scalar(), 2 * std::log(0.0001F), 1e-2F);
    for (const float d : cell.dp.values()) EXPECT_TRUE(std::isfinite(d));
  }
}

TEST_F(BernoulliErrorCellTest, LeavesTheSourceOfAWiredMaskAsItIs) {
  auto& source = add({.n_units = 2});
  auto& cell = add({.n_units = 2, .input_logits = true});
  source.dp.set({0, 0.5F});
  circuit_.wire(source.dp, cell.mask);
  cell.target.set(1);

  cell.advance_state.run();

  EXPECT_THAT(cell.dp.values(), ElementsAre(0, 0.25F));
  EXPECT_THAT(source.dp.values(), ElementsAre(0, 0.5F));
}

TEST_F(BernoulliErrorCellTest, ResetClearsAllAndSetsTheFactorsToOne) {
  auto& cell = add({.n_units = 2});
  for (Compartment* c : {&cell.p, &cell.target, &cell.modulator, &cell.mask}) c->set(0.25F);
  cell.advance_state.run();

  cell.reset.run();

  for (const Compartment* c : {&cell.p, &cell.target, &cell.dp, &cell.dtarget, &cell.L})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  for (const Compartment* c : {&cell.modulator, &cell.mask}) EXPECT_THAT(c->values(), Each(1));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/neurons/graded/leaky_noise_cell.h"

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
using testing::HasSubstr;
using testing::ThrowsMessage;

class LeakyNoiseCellTest : public testing::Test {
 protected:
  LeakyNoiseCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  LeakyNoiseCell& add(const LeakyNoiseCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<LeakyNoiseCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(LeakyNoiseCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 1,
                    .tau_x = 50,
                    .act_fx = "identity",
                    .sigma_pre = 0,
                    .sigma_post = 0,
                    .leak_scale = 0});
  cell.j_input.set(1);

  EXPECT_THAT(Responses(cell.advance_state, cell.x).after(5).values(),
              AreNear(1e-6F, {0.02F, 0.04F, 0.06F, 0.08F, 0.1F}));
  EXPECT_EQ(cell.r.scalar(), cell.x.scalar());
  EXPECT_EQ(cell.r_prime.scalar(), 1);
}

TEST_F(LeakyNoiseCellTest, DrawsAsTheReferenceDoes) {
  auto& cell = add({.n_units = 3, .tau_x = 20, .sigma_post = 0.2F});
  cell.j_input.set(1);

  EXPECT_THAT(Responses(cell.advance_state, cell.x).after(3).values(),
              AreNear(1e-6F, {0.06436097F, 0.07969894F, 0.04149527F, 0.18208522F, 0.060595326F,
                              0.035849314F, 0.25480723F, 0.095965475F, 0.05221557F}));
  EXPECT_THAT(cell.r.values(), AreNear(1e-6F, {0.45609426F, 0.022600122F, -0.14916635F}));
  EXPECT_EQ(cell.key.key(), (Key{2104974619, 1294875220}));
}

TEST_F(LeakyNoiseCellTest, DrawsItsSecondNoiseByItselfIfAskedTo) {
  for (const bool independent : {false, true}) {
    auto& cell = add({.n_units = 4000,
                      .tau_x = 1,
                      .act_fx = "identity",
                      .sigma_pre = std::sqrt(0.5F),
                      .sigma_post = 1,
                      .leak_scale = 1,
                      .independent_noise = independent});
    cell.advance_state.run({.dt = 1});

    double together = 0;  // x is the first noise, r - x the second
    for (std::size_t i = 0; i < 4000; ++i)
      together += cell.x.values()[i] * (cell.r.values()[i] - cell.x.values()[i]) / 4000;
    EXPECT_NEAR(together, independent ? 0 : 1, 4 * std::sqrt(2.0 / 4000));
  }
}

/// After 3 steps of 1 ms: dx/dt = (1 - x)/20.
TEST_F(LeakyNoiseCellTest, RunsTheIntegratorThatIsAskedFor) {
  const auto state = [&](const char* method) {
    auto& cell = add({.n_units = 1,
                      .tau_x = 20,
                      .act_fx = "identity",
                      .integration_type = method,
                      .sigma_pre = 0,
                      .sigma_post = 0});
    cell.j_input.set(1);
    return Responses(cell.advance_state, cell.x).after(3).values()[2];
  };
  EXPECT_FLOAT_EQ(state("euler"), 0.142625F);
  EXPECT_FLOAT_EQ(state("rk1"), 0.142625F);
  for (const char* second_order : {"midpoint", "rk2", "heun", "ralston"})
    EXPECT_NEAR(state(second_order), 0.13923618F, 1e-6F) << second_order;
  EXPECT_NEAR(state("rk4"), 0.13929202F, 1e-7F);
}

TEST_F(LeakyNoiseCellTest, TakesFunctionsOfWholeSamplesToo) {
  auto& cell = add({.n_units = 6, .tau_x = 1, .act_fx = "bkwta", .sigma_pre = 0, .sigma_post = 0});
  cell.j_input.set({1, 2, 3, 4, 5, 6});

  cell.advance_state.run({.dt = 1});

  EXPECT_THAT(cell.r.values(), ElementsAre(0, 1, 1, 1, 1, 1));
}

TEST_F(LeakyNoiseCellTest, RefusesAFunctionWithoutASlopeForEachUnit) {
  EXPECT_THAT([&] { add({.n_units = 6, .tau_x = 1, .act_fx = "softmax"}); },
              ThrowsMessage<Error>(HasSubstr("cell0.act_fx is softmax")));
}

TEST_F(LeakyNoiseCellTest, ResetClearsAllButASourceAndTheKey) {
  auto& source = add({.n_units = 2, .tau_x = 5});
  auto& cell = add({.n_units = 2, .tau_x = 5});
  circuit_.wire(source.r, cell.j_recurrent);
  source.r.set(2);
  cell.j_input.set(1);
  cell.advance_state.run({.dt = 1});
  const Key key = cell.key.key();

  cell.reset.run();

  EXPECT_THAT(source.r.values(), Each(2));
  EXPECT_EQ(cell.key.key(), key);
  for (const Compartment* c : {&cell.j_input, &cell.x, &cell.r, &cell.r_prime})
    EXPECT_THAT(c->values(), Each(0)) << c->name();
}

}  // namespace
}  // namespace plexus

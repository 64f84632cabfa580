#include "plexus/components/traces/exp_kernel.h"

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

class ExpKernelTest : public testing::Test {
 protected:
  ExpKernelTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  ExpKernel& add(const ExpKernel::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<ExpKernel>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(ExpKernelTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 1, .dt = 1});

  EXPECT_THAT(
      Responses(cell.advance_state, cell.epsp).to(cell.inputs, {{1}, {1}, {0}, {0}, {1}}).values(),
      AreNear(1e-6F, {0, 1, 0.998002F, 0.996008F, 1.9940181F}));
}

TEST_F(ExpKernelTest, ForgetsPulsesThatLeaveTheWindow) {
  auto& cell = add({.n_units = 1, .dt = 1, .tau_w = 2, .nu = 3});

  EXPECT_THAT(
      Responses(cell.advance_state, cell.epsp)
          .to(cell.inputs, {{0}, {1}, {1}, {0}, {0}, {1}, {0}, {0}, {0}})
          .values(),
      AreNear(1e-6F, {0, 1, 1.6065307F, 0.97441006F, 0.36787942F, 1, 0.60653067F, 0.36787942F, 0}));
}

TEST_F(ExpKernelTest, HasAWindowOfTheQuotientAsWritten) {
  EXPECT_EQ(add({.n_units = 1, .dt = 0.1F, .nu = 0.3F}).tf.shape()[0], 3);
  EXPECT_EQ(add({.n_units = 1, .dt = 0.5F, .nu = 3}).tf.shape()[0], 7);
  EXPECT_EQ(add({.n_units = 1, .dt = 2, .nu = 1}).tf.shape()[0], 1);
}

TEST_F(ExpKernelTest, FollowsTheBatch) {
  auto& cell = add({.n_units = 2, .dt = 1});
  circuit_.set_batch_size(3);
  cell.inputs.set({1, 0, 0, 1, 1, 1});

  cell.advance_state.run({.t = 5});

  EXPECT_THAT(cell.epsp.values(), ElementsAre(1, 0, 0, 1, 1, 1));
}

TEST_F(ExpKernelTest, ResetClearsAllButASource) {
  auto& source = add({.n_units = 1, .dt = 1});
  auto& cell = add({.n_units = 1, .dt = 1});
  circuit_.wire(source.epsp, cell.inputs);
  source.epsp.set(1);
  cell.advance_state.run({.t = 5});

  cell.reset.run();

  EXPECT_EQ(source.epsp.scalar(), 1);
  EXPECT_EQ(cell.epsp.scalar(), 0);
  EXPECT_THAT(cell.tf.values(), Each(0));
}

TEST_F(ExpKernelTest, PrintsItself) {
  EXPECT_THAT(add({.n_units = 1, .dt = 1}).to_string(),
              testing::HasSubstr("[ExpKernel] test:cell0"));
}

TEST_F(ExpKernelTest, RefusesAStepThatIsNone) {
  EXPECT_THAT([&] { add({.n_units = 1, .dt = 0}); }, ThrowsMessage<Error>(HasSubstr("dt")));
}

}  // namespace
}  // namespace plexus

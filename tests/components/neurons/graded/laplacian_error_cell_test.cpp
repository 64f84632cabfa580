#include "plexus/components/neurons/graded/laplacian_error_cell.h"

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

class LaplacianErrorCellTest : public testing::Test {
 protected:
  LaplacianErrorCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  LaplacianErrorCell& add(const LaplacianErrorCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<LaplacianErrorCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(LaplacianErrorCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 3, .scale = 2});
  cell.shift.set({0.3F, 0.6F, 1});
  cell.target.set({1, 0, 1});

  cell.advance_state.run();

  EXPECT_THAT(cell.dshift.values(), ElementsAre(0.5F, -0.5F, 0));
  EXPECT_THAT(cell.dtarget.values(), ElementsAre(-0.5F, 0.5F, 0));
  EXPECT_EQ(cell.L.scalar(), -1);
  EXPECT_EQ(cell.dScale.scalar(), 1);
}

TEST_F(LaplacianErrorCellTest, SumsDistancesIfAskedForItsTrueLoss) {
  auto& cell = add({.n_units = 3, .scale = 2, .true_loss = true});
  cell.shift.set({0.25F, 0.5F, 1});
  cell.target.set({1, 0, 1});

  cell.advance_state.run();

  EXPECT_EQ(cell.L.scalar(), -0.625F);
  EXPECT_THAT(cell.dshift.values(), ElementsAre(0.5F, -0.5F, 0));
}

TEST_F(LaplacianErrorCellTest, UsesAMaskForOneStepAndAModulatorUntilReset) {
  auto& cell = add({.n_units = 2});
  cell.target.set(1);
  cell.mask.set(0);
  cell.modulator.set(3);

  cell.advance_state.run();
  EXPECT_THAT(cell.dshift.values(), Each(0));
  EXPECT_EQ(cell.L.scalar(), -2);

  cell.advance_state.run();
  EXPECT_THAT(cell.dshift.values(), Each(3));
}

TEST_F(LaplacianErrorCellTest, ResetsAnImageInItsShapeAndKeepsTheScale) {
  auto& cell = add({.n_units = 4, .scale = 2, .shape = {2, 2, 1}});
  cell.target.set(1);
  cell.modulator.set(5);
  cell.advance_state.run();

  cell.reset.run();

  for (const Compartment* c : {&cell.shift, &cell.target, &cell.dshift, &cell.dtarget}) {
    EXPECT_EQ(c->shape(), (Shape{1, 2, 2, 1})) << c->name();
    EXPECT_THAT(c->values(), Each(0)) << c->name();
  }
  EXPECT_THAT(cell.modulator.values(), Each(1));
  EXPECT_EQ(cell.Scale.scalar(), 2);
  EXPECT_EQ(cell.L.scalar(), 0);
}

TEST_F(LaplacianErrorCellTest, RefusesAScaleThatDoesNotSpreadOverItsUnits) {
  EXPECT_THAT(
      [&] {
        add({.n_units = 3, .scale = Tensor{{1, 2}, std::vector<float>{1, 2}}});
      },
      ThrowsMessage<Error>(HasSubstr("cell0.scale has shape (1, 2), which does not spread")));
}

}  // namespace
}  // namespace plexus

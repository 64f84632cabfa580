#include "plexus/components/neurons/graded/gaussian_error_cell.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class GaussianErrorCellTest : public testing::Test {
 protected:
  GaussianErrorCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  GaussianErrorCell& add(const GaussianErrorCell::Params& params) {
    return circuit_.add<GaussianErrorCell>("e" + std::to_string(next_++), params);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

TEST_F(GaussianErrorCellTest, AgreesWithTheReferencesOwnExample) {
  auto& cell = add({.n_units = 1});
  cell.mu.set(0.49671414F);
  cell.target.set(-2.5F);

  cell.advance_state.run();

  EXPECT_FLOAT_EQ(cell.dmu.scalar(), -2.9967141F);
  EXPECT_FLOAT_EQ(cell.dtarget.scalar(), 2.9967141F);
  EXPECT_FLOAT_EQ(cell.L.scalar(), -4.4901476F);
}

TEST_F(GaussianErrorCellTest, ScalesTheGradientsButNotTheLossByModulatorAndMask) {
  auto& cell = add({.n_units = 2, .sigma = 2, .batch_size = 2});
  cell.mu.set({0.3F, 0.6F, 0, 1});
  cell.target.set({1, 0, 2, 2});
  cell.modulator.set({1, 0.5F, 1, 1});
  cell.mask.set({1, 1, 0, 1});

  cell.advance_state.run();

  EXPECT_THAT(cell.dmu.values(), AreNear(1e-7F, {0.35F, -0.15F, 0, 0.5F}));
  EXPECT_FLOAT_EQ(cell.L.scalar(), -1.4625F);
  EXPECT_EQ(cell.dSigma.scalar(), 1);
}

TEST_F(GaussianErrorCellTest, UsesAMaskForOneStepAndAModulatorUntilReset) {
  auto& cell = add({.n_units = 2});
  cell.target.set(1);
  cell.mask.set(0);
  cell.modulator.set(3);

  cell.advance_state.run();
  EXPECT_THAT(cell.dmu.values(), Each(0));
  EXPECT_THAT(cell.mask.values(), Each(1));

  cell.advance_state.run();
  EXPECT_THAT(cell.dmu.values(), Each(3));
}

TEST_F(GaussianErrorCellTest, LeavesTheSourceOfAWiredMaskAsItIs) {
  auto& source = add({.n_units = 2});
  auto& cell = add({.n_units = 2});
  source.dmu.set({0, 0.5F});
  circuit_.wire(source.dmu, cell.mask);
  cell.target.set(1);

  cell.advance_state.run();

  EXPECT_THAT(cell.dmu.values(), ElementsAre(0, 0.5F));
  EXPECT_THAT(source.dmu.values(), ElementsAre(0, 0.5F));
}

TEST_F(GaussianErrorCellTest, GivesALossForEachVariance) {
  auto& cell =
      add({.n_units = 2, .sigma = Tensor{{1, 2}, std::vector<float>{0.5F, 2}}, .batch_size = 3});
  cell.target.set(1);

  cell.advance_state.run();

  EXPECT_EQ(cell.L.shape(), Shape{2});
  EXPECT_THAT(cell.L.values(), ElementsAre(-6, -1.5F));
  EXPECT_THAT(cell.dmu.values(), ElementsAre(2, 0.5F, 2, 0.5F, 2, 0.5F));
}

TEST_F(GaussianErrorCellTest, SpreadsAVarianceOfEachSampleOverItsUnits) {
  auto& cell =
      add({.n_units = 3, .sigma = Tensor{{2, 1}, std::vector<float>{1, 4}}, .batch_size = 2});
  cell.target.set(1);

  cell.advance_state.run();

  EXPECT_THAT(cell.dmu.values(), ElementsAre(1, 1, 1, 0.25F, 0.25F, 0.25F));
  EXPECT_THAT(cell.L.values(), ElementsAre(-3, -0.75F));
}

TEST_F(GaussianErrorCellTest, SpreadsAVarianceOfEachRowOfAnImage) {
  auto& cell =
      add({.n_units = 8, .sigma = Tensor{{2, 1, 1}, std::vector<float>{1, 2}}, .shape = {2, 2, 2}});
  cell.target.set(1);

  cell.advance_state.run();

  EXPECT_THAT(cell.dmu.values(), ElementsAre(1, 1, 1, 1, 0.5F, 0.5F, 0.5F, 0.5F));
}

TEST_F(GaussianErrorCellTest, FollowsTheBatchWithAVarianceOfEachUnitAndSample) {
  auto& cell =
      add({.n_units = 2, .sigma = Tensor{{2, 2}, std::vector<float>{1, 2, 4, 8}}, .batch_size = 2});
  circuit_.set_batch_size(3);
  cell.target.set(8);

  cell.advance_state.run();

  EXPECT_THAT(cell.dmu.values(), ElementsAre(8, 4, 2, 1, 8, 4));
}

TEST_F(GaussianErrorCellTest, SumsManySmallErrorsAccurately) {
  auto& cell = add({.n_units = 100'000});
  cell.target.set(0.1F);

  cell.advance_state.run();

  EXPECT_NEAR(cell.L.scalar(), -500, 500 * 2e-6);
}

TEST_F(GaussianErrorCellTest, ResetKeepsSigma) {
  auto& cell = add({.n_units = 1});
  for (Compartment* c : {&cell.mu, &cell.target, &cell.modulator, &cell.mask, &cell.Sigma})
    c->set(4);
  cell.advance_state.run();

  cell.reset.run();

  for (const Compartment* c :
       {&cell.mu, &cell.target, &cell.dmu, &cell.dtarget, &cell.dSigma, &cell.L})
    EXPECT_EQ(c->scalar(), 0) << c->name();
  for (const Compartment* c : {&cell.modulator, &cell.mask}) EXPECT_EQ(c->scalar(), 1) << c->name();
  EXPECT_EQ(cell.Sigma.scalar(), 4);
}

TEST_F(GaussianErrorCellTest, ResetLeavesASourceAlone) {
  auto& source = add({.n_units = 1});
  auto& cell = add({.n_units = 1});
  circuit_.wire(2 * source.dmu, cell.mu);
  source.dmu.set(3);

  cell.reset.run();

  EXPECT_EQ(source.dmu.scalar(), 3);
  EXPECT_EQ(cell.mu.scalar(), 6);
}

TEST_F(GaussianErrorCellTest, RefusesAVarianceThatDoesNotSpreadOverItsUnits) {
  EXPECT_THAT(
      [&] {
        add({.n_units = 3, .sigma = Tensor{{1, 2}, std::vector<float>{1, 2}}});
      },
      ThrowsMessage<Error>(HasSubstr("e0.sigma has shape (1, 2), which does not spread")));
}

TEST_F(GaussianErrorCellTest, RefusesAnImageOfOtherThanItsUnits) {
  EXPECT_THAT(
      [&] {
        add({.n_units = 3, .shape = {2, 2, 1}});
      },
      ThrowsMessage<Error>(HasSubstr("e0.shape is (2, 2, 1), 4 places, but n_units is 3")));
}

}  // namespace
}  // namespace plexus

#include "plexus/components/encoders/retinal_ganglion_cell.h"

#include <algorithm>
#include <numeric>

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

class RetinalGanglionCellTest : public testing::Test {
 protected:
  RetinalGanglionCellTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  RetinalGanglionCell& add(const RetinalGanglionCell::Params& params, Key key = Key::from_seed(7)) {
    return circuit_.add<RetinalGanglionCell>("cell" + std::to_string(next_++), params, key);
  }
  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

std::vector<float> ramp(int n) {
  std::vector<float> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 0.0F);
  return values;
}

TEST_F(RetinalGanglionCellTest, FiltersPatchesAsTheReferenceDoes) {
  auto& cell =
      add({.area_shape = {4, 4}, .n_cells = 4, .patch_shape = {2, 2}, .step_shape = {2, 2}});
  cell.inputs.set(ramp(16));

  cell.advance_state.run();

  EXPECT_THAT(cell.filter.values(),
              AreNear(1e-7F, {0.14253695F, 0.23500372F, 0.23500372F, 0.3874556F}));
  EXPECT_THAT(
      cell.outputs.values(),
      AreNear(1e-5F, {-2.0280743F, -1.7930706F, -1.0880594F, -0.09079623F, -1.7430004F, -1.3230631F,
                      -0.6180519F, 0.68411493F, -0.88777864F, 0.08695936F, 0.7919705F, 3.0088487F,
                      -0.60270476F, 0.5569668F, 1.2619779F, 3.78376F}));
}

TEST_F(RetinalGanglionCellTest, HasCentreSurroundFilters) {
  const auto filter = [&](const std::string& type, Shape patch) {
    const Tensor values =
        add({.filter_type = type, .area_shape = {6, 6}, .patch_shape = std::move(patch)})
            .filter.value();
    return std::vector<float>(values.floats().begin(), values.floats().end());
  };
  EXPECT_THAT(filter("DoG", {2, 2}),
              AreNear(1e-7F, {-0.061158672F, -0.012627155F, -0.012627155F, 0.086413026F}));
  EXPECT_THAT(filter("ratio_of_gaussian", {2, 2}),
              AreNear(1e-6F, {0.69975454F, 0.9490081F, 0.9490081F, 1.2870458F}));
  const float corner = -0.021591961F, edge = 0.006277353F;
  EXPECT_THAT(
      filter("difference_of_gaussian", {3, 3}),
      AreNear(1e-7F, {corner, edge, corner, edge, 0.061258405F, edge, corner, edge, corner}));
  EXPECT_THAT(filter("identity", {2, 2}), Each(1));
  EXPECT_EQ(filter("RoG", {2, 2}), filter("ratio_of_gaussian", {2, 2}));
}

TEST_F(RetinalGanglionCellTest, OrientsTheFilterOfOblongPatchesAlongThem) {
  auto& cell = add({.area_shape = {3, 10}, .patch_shape = {3, 5}});
  cell.inputs.set(1);

  cell.advance_state.run();

  EXPECT_EQ(cell.filter.shape(), (Shape{3, 5}));
  const auto f = cell.filter.values();
  EXPECT_EQ(*std::max_element(f.begin(), f.end()), f[1 * 5 + 2]);
  EXPECT_FLOAT_EQ(f[0 * 5 + 2], f[1 * 5 + 1]);
}

TEST_F(RetinalGanglionCellTest, LaysPatchByPatchWhereTheStepIsZero) {
  auto& tiled = add({.filter_type = "identity", .area_shape = {4, 4}, .patch_shape = {2, 2}});
  auto& stepped = add({.filter_type = "identity",
                       .area_shape = {4, 4},
                       .patch_shape = {2, 2},
                       .step_shape = {2, 2}});
  for (auto* cell : {&tiled, &stepped}) {
    cell->inputs.set(ramp(16));
    cell->advance_state.run();
  }

  EXPECT_EQ(tiled.outputs.value(), stepped.outputs.value());
}

TEST_F(RetinalGanglionCellTest, RefusesOtherThanItsNumberOfPatches) {
  EXPECT_THAT(
      [&] {
        add({.area_shape = {4, 4}, .n_cells = 3, .patch_shape = {2, 2}, .step_shape = {2, 2}});
      },
      ThrowsMessage<Error>(HasSubstr("cell0.n_cells is 3, but the area has 2 x 2 patches")));
}

TEST_F(RetinalGanglionCellTest, NeedsTheExtentsOfItsAreaAndPatches) {
  EXPECT_THAT(
      [&] {
        add({.patch_shape = {2, 2}});
      },
      ThrowsMessage<Error>(HasSubstr("lacks the required parameter 'area_shape'")));
  EXPECT_THAT(
      [&] {
        add({.area_shape = {2, 2}});
      },
      ThrowsMessage<Error>(HasSubstr("lacks the required parameter 'patch_shape'")));
}

TEST_F(RetinalGanglionCellTest, RefusesPatchesThatDoNotFit) {
  EXPECT_THAT(
      [&] {
        add({.area_shape = {4, 4}, .patch_shape = {5, 2}});
      },
      ThrowsMessage<Error>(HasSubstr("does not fit")));
  EXPECT_THAT(
      [&] {
        add({.area_shape = {4, 4}, .patch_shape = {2}});
      },
      ThrowsMessage<Error>(HasSubstr("patch_shape is (2,); expected two numbers")));
}

TEST_F(RetinalGanglionCellTest, ResetLeavesASourceAlone) {
  auto& source = add({.filter_type = "identity", .area_shape = {1, 4}, .patch_shape = {1, 4}});
  auto& cell = add({.filter_type = "identity", .area_shape = {1, 4}, .patch_shape = {1, 4}});
  circuit_.wire(source.inputs, cell.inputs);
  source.inputs.set(2);
  cell.outputs.set(2);

  cell.reset.run();

  EXPECT_THAT(source.inputs.values(), Each(2));
  EXPECT_THAT(cell.outputs.values(), Each(0));
}

}  // namespace
}  // namespace plexus

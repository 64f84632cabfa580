#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Patches of an image through a centre-surround filter. See `about`.
class RetinalGanglionCell final : public Component {
 public:
  static constexpr std::string_view type_name = "RetinalGanglionCell";
  static constexpr std::string_view family = "encoders";
  static constexpr std::string_view about = R"(
Encoder that cuts an image of area_shape into patches, multiplies each with one filter place by
place, puts them side by side, and takes their common mean away, sample by sample.

  y       = patch (i, j) times filter,  i the slower;  its corner at (i, j) step_shape
  outputs = y - mean y

Filters, with G_s a Gaussian of deviation s about the place px/2, py/2 (rounded down), of sum 1:
  gaussian                      G_sigma
  difference_of_gaussian, DoG   G_sigma - G_{1.6 sigma}
  ratio_of_gaussian, RoG        G_sigma / (G_{1.6 sigma} + 1e-8)
  identity                      1
Any other word means identity too. A step of 0 along an axis lays patch by patch.)";

  struct Params {
    std::string filter_type = "gaussian";
    Shape area_shape = {};
    int n_cells = 0;
    Shape patch_shape = {};
    Shape step_shape = {0, 0};
    int batch_size = 1;
    float sigma = 1;

    void describe(Parameters& d) {
      d("filter_type", filter_type,
        "gaussian, difference_of_gaussian or DoG, ratio_of_gaussian or RoG, identity");
      d("area_shape", area_shape, "extents of the image, [ix, iy]", positive, Example{"[8, 8]"});
      d("n_cells", n_cells, "number of patches; 0: as many as there are", non_negative);
      d("patch_shape", patch_shape, "extents of a patch, [px, py]", positive, Example{"[4, 4]"});
      d("step_shape", step_shape, "steps from patch to patch, [sx, sy]; 0: as long as the patch",
        non_negative);
      d("batch_size", batch_size, "number of samples side by side", positive);
      d("sigma", sigma, "deviation of the Gaussian", positive);
    }
  };

  /// Throws Error (config) for shapes of other than two axes, patches that do not fit into the
  /// area, and an n_cells that is not the number of patches.
  RetinalGanglionCell(const Setup& setup, const Params& params);

 private:
  struct Axis {
    std::int64_t area, patch, step, count;  // count: patches along it
  };
  [[nodiscard]] Axis axis(std::size_t i, const std::string& name) const;
  void draw_filter();
  void filter_patches(const Step& step);

  Params p_;
  Axis x_, y_;

 public:
  // clang-format off
  Compartment inputs {*this, "inputs",  Role::input,     {B, {x_.area, "ix"}, {y_.area, "iy"}}, "image"};
  Compartment filter {*this, "filter",  Role::parameter, {{x_.patch, "px"}, {y_.patch, "py"}}, "factor of each place of a patch"};
  Compartment outputs{*this, "outputs", Role::output,    {B, {x_.count * y_.count * x_.patch * y_.patch, "n_cells px py"}}, "filtered patches, less their mean"};

  Method advance_state{*this, "advance_state", whole<&RetinalGanglionCell::filter_patches>(reads(inputs, filter), writes(outputs))};
  Method reset        {*this, "reset", clears(inputs, outputs)};
  // clang-format on
};
PLEXUS_REGISTER(RetinalGanglionCell);

}  // namespace plexus

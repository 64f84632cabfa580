#pragma once

#include <string_view>

#include "plexus/components/neurons/graded/scaled_error_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Mismatch between a target and a Laplacian prediction of it. See `about`.
class LaplacianErrorCell final : public ScaledErrorCell {
 public:
  static constexpr std::string_view type_name = "LaplacianErrorCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Mismatch between a target and its prediction by a Laplace distribution of location shift and width
Scale: the loss and its gradients.

  e       = target - shift
  dshift  =  sign(e)/Scale modulator mask
  dtarget = -sign(e)/Scale modulator mask
  L       = -(Σ |sign(e)|) / Scale,  summed over units and batch

As ngc-learn has it, the loss counts the units that are off their target. With true_loss it is the
log-likelihood without its constant, whose gradients these are: L = -(Σ |e|) / Scale.

Scale may be one number, one a unit, or one a unit and sample, and L has as many values. A reset
keeps Scale. A mask holds for one step, after which it is all ones, unless it is wired; L heeds
neither mask nor modulator. dScale is 1.)";

  struct Params {
    int n_units = required;
    Numbers scale = 1;
    bool true_loss = false;
    Shape shape = {};
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("scale", scale,
        "width, first value of Scale: a number, or an array that spreads over the units");
      d("true_loss", true_loss, "L sums distances rather than counting units that are off");
      describe_image(d, shape);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error: config, for a shape without three axes or with other than n_units places; shape,
  /// for a scale that does not spread over the units.
  LaplacianErrorCell(const Setup& setup, const Params& params);

  Compartment &shift = location_, &Scale = scale_, &dshift = dlocation_, &dScale = dscale_;
};
PLEXUS_REGISTER(LaplacianErrorCell);

}  // namespace plexus

#pragma once

#include <string_view>

#include "plexus/components/neurons/graded/scaled_error_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Mismatch between a target and a Gaussian prediction of it. See `about`.
class GaussianErrorCell final : public ScaledErrorCell {
 public:
  static constexpr std::string_view type_name = "GaussianErrorCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Mismatch between a target and its prediction by a Gaussian of mean mu and variance Sigma: the
loss, as a log-likelihood without its constant, and its gradients.

  e       = target - mu
  dmu     =  e/Sigma modulator mask
  dtarget = -e/Sigma modulator mask
  L       = -(Σ e²) / (2 Sigma),  summed over units and batch

Sigma, a variance despite its parameter's name, divides as it is; it may be one number, one a unit,
or one a unit and sample, and L has as many values. A reset keeps Sigma. A mask holds for one step,
after which it is all ones, unless it is wired; L heeds neither mask nor modulator. dSigma is 1.)";

  struct Params {
    int n_units = required;
    Numbers sigma = 1;
    Shape shape = {};
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("sigma", sigma,
        "variance, first value of Sigma: a number, or an array that spreads over the units");
      describe_image(d, shape);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error: config, for a shape without three axes or with other than n_units places; shape,
  /// for a sigma that does not spread over the units.
  GaussianErrorCell(const Setup& setup, const Params& params);

  Compartment &mu = location_, &Sigma = scale_, &dmu = dlocation_, &dSigma = dscale_;
};
PLEXUS_REGISTER(GaussianErrorCell);

}  // namespace plexus

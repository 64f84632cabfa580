#pragma once

#include <span>
#include <string>
#include <vector>

#include "plexus/core/tensor.h"

namespace plexus::math {

/// A library of features for the regression of dynamics (Brunton et al. 2016, SINDy): a column for
/// each product of powers of the variables, up to `order` in all.
struct Polynomials {
  Tensor values;                   // (samples, features)
  std::vector<std::string> names;  // "1", "z", "z^2", "y", "y z", …
};

/// Of one to three variables x, y, z, each a sample a value. The last variable's power changes
/// fastest, as in ngc-learn's `PolynomialLibrary`; the constant comes first, unless it is left out.
/// Throws Error: config, for another number of variables or a negative order; shape, if they differ
/// in length.
Polynomials polynomials(std::span<const std::span<const float>> variables, int order,
                        bool include_bias = true);

}  // namespace plexus::math

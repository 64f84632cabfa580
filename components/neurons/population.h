#pragma once

#include <string_view>

#include "plexus/core/compartment.h"
#include "plexus/core/parameters.h"
#include "plexus/core/shape.h"

namespace plexus {

/// The axes of a population of cells: (B, n_units), or (B, height, width, channels) where `image`
/// is given. Throws Error (config) if `image` has not three axes, or not n_units places.
Dims population(int n_units, const Shape& image, std::string_view component);

/// Declares the parameter that gives `image`.
void describe_image(Parameters& d, Shape& image);

}  // namespace plexus

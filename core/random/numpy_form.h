#pragma once

#include <cstdint>

#include "plexus/core/random/initialiser.h"
#include "plexus/core/shape.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// What the reference's `use_numpy=True` form of an initialiser draws with an integer seed.
///
/// For comparisons by hand: no component of the reference can use that form, and none of ours does.
/// Literals and generators without chance give what `draw` gives; uniform and fan_in_uniform draw
/// with NumPy's default generator, in double.
/// Throws Error (config) for other generators and for masks drawn at random.
Tensor draw_as_numpy(const Initialiser& initialiser, const Shape& shape, std::uint64_t seed);

}  // namespace plexus

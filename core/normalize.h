#pragma once

#include <cstdint>
#include <span>

namespace plexus {

/// Rescales each column (axis 0) or row (axis 1) of a row-major matrix, in place, to the norm
/// `wnorm`: the sum of magnitudes, or for order 2 the Euclidean norm. (ngc-learn's
/// normalize_matrix; as there, any order other than 2 means 1.) Lines of zeros stay so.
///
/// Each line is summed in one chain, from its first value on. Allocates nothing.
/// Throws Error: config for another axis, shape if W does not hold rows x cols values.
void normalize(std::span<float> W, std::int64_t rows, std::int64_t cols, float wnorm, int order = 1,
               int axis = 0);

}  // namespace plexus

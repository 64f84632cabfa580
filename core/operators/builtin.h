#pragma once

#include <vector>

#include "plexus/core/operator.h"

namespace plexus {

/// Summation, Product, Negate, Subtract, Scale, Affine, Mean, Max, Clip, Slice, Concatenate,
/// Transpose, Function, Delay, Hold.
std::vector<OperatorType> builtin_operators();

}  // namespace plexus

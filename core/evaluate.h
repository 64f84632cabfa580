#pragma once

#include <functional>

#include "plexus/core/compartment.h"
#include "plexus/core/expression.h"
#include "plexus/core/tensor.h"

namespace plexus::detail {

/// An expression over compartments' values as `read` gives them. Operators that remember start
/// from 0.
Tensor evaluate(const Expression& expression,
                const std::function<Tensor(const Compartment&)>& read);

}  // namespace plexus::detail

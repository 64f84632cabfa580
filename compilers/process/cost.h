#pragma once

#include "plexus/core/plan.h"

namespace plexus {

/// Bytes that a call moves: each argument once, an update twice. 0 for a wire's operator.
double bytes_moved(const Call& call);

/// Multiplications and additions of products and outer products; the texts' own operations are not
/// counted.
double product_flops(const Call& call);

}  // namespace plexus

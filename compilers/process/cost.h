#pragma once

#include "plexus/core/plan.h"

namespace plexus {

/// What a call moves and computes.
struct Cost {
  double bytes = 0;  // each argument once, an update twice; 0 for a wire's operator
  double flops = 0;  // of products and outer products; the texts' own operations are not counted
  bool by_events = false;  // only for the units that spike: both are at most this
};

/// What it costs as declared …
Cost cost(const Call& call);
/// … and call `i` of the plan in most steps of a scan, with the shortcuts that are taken there.
Cost scan_cost(const Plan& plan, std::size_t i);

}  // namespace plexus

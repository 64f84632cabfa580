#pragma once

#include <cstddef>
#include <vector>

#include "plexus/compilers/process/touches.h"
#include "plexus/core/plan.h"

namespace plexus {

/// An update of W whose rows go on into the product y = x W that is W's next use: of the same step,
/// or of the next. W is then read and written once for both.
struct Merge {
  std::size_t update = 0, product = 0;  // calls of the plan
  bool across_steps = false;            // the product belongs to the next step
  std::vector<std::size_t> kept =
      {};  // 2 o for x, 2 o + 1 for y of outer product o: they change in between
};

/// All merges that the plan allows.
std::vector<Merge> find_merges(const Plan& plan, const Touches& touches,
                               const std::vector<const void*>& fed);

}  // namespace plexus

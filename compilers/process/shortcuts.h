#pragma once

#include <memory>

#include "plexus/core/plan.h"

namespace plexus {

/// What a scan may leave out, put off or do in fewer passes, found in the bound calls of a plan:
///   - nothing is computed that is only looked at and that nobody reads or watches;
///   - a call whose inputs do not change runs in the first step alone;
///   - a stage that leaves a product as it is (gate and conductance 1, bias 0) does not run;
///   - an update of W and the next product with W are one pass over W;
///   - a product with spikes adds the rows of those who spiked, and an update that needs a spike
///   visits the
///     rows and columns of those who did.
/// All give the plan's bits. Adds to the plan's remarks what it decided. Null where nothing is to
/// be gained.
std::unique_ptr<Shortcuts> make_shortcuts(Plan& plan);

}  // namespace plexus

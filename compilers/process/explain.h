#pragma once

#include "plexus/core/plan.h"
#include "plexus/core/wire.h"

namespace plexus {

/// Writes into a plan's remarks what it does and why: the calls in order, what each wired read
/// gives (this step's value, or the one of the step before), kernels, bytes and floating-point
/// operations a step.
void explain(Plan& plan, const Cuts& cuts);

}  // namespace plexus

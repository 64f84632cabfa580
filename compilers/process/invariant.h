#pragma once

#include <span>
#include <vector>

#include "plexus/core/plan.h"

namespace plexus {

/// For each call of the plan: true if it gives the same in every step of a scan, so that the first
/// step's results stand. `fed`: the addresses that get new values before each step.
std::vector<bool> invariant_calls(const Plan& plan, std::span<const void* const> fed);

}  // namespace plexus

#pragma once

#include <set>
#include <span>
#include <vector>

#include "plexus/core/plan.h"

namespace plexus {

/// For each call of the plan: true if it gives the same in every step of a scan, so that the first
/// step's results stand. `fed`: the addresses that get new values before each step. `excluded`:
/// calls that are not wholly run in the first step.
std::vector<bool> invariant_calls(const Plan& plan, std::span<const void* const> fed,
                                  const std::set<std::size_t>& excluded);

}  // namespace plexus

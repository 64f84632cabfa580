#pragma once

#include "plexus/core/plan.h"
#include "plexus/core/wire.h"

namespace plexus {

class State;

/// Binds the stages of a method to slots and constants and appends them to the plan, each behind
/// the wire expressions that it reads. `fresh` holds the wires that are up to date, and is kept so.
///
/// Throws Error (schedule) if a stage updates or writes a
/// wired compartment; `process` is named as the remedy.
void bind_method(const Method& method, Plan& plan, State& state, const Cuts& cuts,
                 std::vector<const Wire*>& fresh, const std::string& process);

/// Appends what brings delayed wires and operators that remember forward at the end of a step. The
/// wires that the plan cuts count as delayed.
void bind_end_of_step(const std::vector<const Wire*>& wires, Plan& plan, State& state);

}  // namespace plexus

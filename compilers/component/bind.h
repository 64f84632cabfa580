#pragma once

#include <map>
#include <set>
#include <vector>

#include "plexus/core/plan.h"
#include "plexus/core/wire.h"

namespace plexus {

class State;

/// The wires whose expressions have been evaluated since what they read was written.
class FreshWires {
 public:
  [[nodiscard]] bool contains(const Wire& wire) const { return wires_.contains(&wire); }
  void add(const Wire& wire, const Cuts& cuts);
  /// Wires that read `c` are out of date.
  void note_write(const Compartment& c);

 private:
  std::set<const Wire*> wires_;
  std::map<const Compartment*, std::vector<const Wire*>> readers_;
};

/// Binds the stages of a method to slots and constants and appends them to the plan, each behind
/// the wire expressions that it reads. `fresh` holds the wires that are up to date, and is kept so.
///
/// Throws Error (schedule) if a stage updates or writes a
/// wired compartment; `process` is named as the remedy.
void bind_method(const Method& method, Plan& plan, State& state, const Cuts& cuts,
                 FreshWires& fresh, const std::string& process);

/// Appends what brings delayed wires and operators that remember forward at the end of a step. The
/// wires that the plan cuts count as delayed.
void bind_end_of_step(const std::vector<const Wire*>& wires, Plan& plan, State& state);

}  // namespace plexus

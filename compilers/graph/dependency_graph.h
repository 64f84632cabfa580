#pragma once

#include <string>
#include <vector>

#include "plexus/core/wire.h"

namespace plexus {

class Compartment;
class Method;

/// One reason why a method call comes before another: what it writes is read there.
struct Dependency {
  std::size_t from = 0, to = 0;    // indices of calls
  Compartment* written = nullptr;  // by `from`
  Compartment* read = nullptr;     // by `to`; the same compartment, or one wired from it
  std::vector<const Wire*> wires =
      {};  // that the value comes through, from `read` on; none for its own

  /// Of those wires the one declared last; nullptr if there is none.
  [[nodiscard]] const Wire* last_wire() const noexcept;
};

/// The method calls of a command, and what each must wait for: read-after-write through the slots
/// that wires resolve to. Delayed wires make no edge.
struct DependencyGraph {
  std::vector<const Method*> calls;
  std::vector<Dependency> edges;
};

/// Throws Error (schedule) if two of the calls write one slot: nothing says whose value counts.
DependencyGraph dependency_graph(const std::vector<const Method*>& calls,
                                 const std::string& command);

/// Cuts that come with the loops that they cut: as many as somebody reads of.
inline constexpr std::size_t kShownCuts = 10;

/// A wire that a command reads late, because a cycle had to be cut somewhere.
struct Cut {
  const Wire* wire = nullptr;
  std::vector<Dependency> loop;  // the shortest loop through it, starting behind the cut
};

struct Schedule {
  std::vector<std::size_t> order;  // indices of calls
  std::vector<Cut> cuts;
};

/// Orders the calls: topologically, ties in the order given. Cycles are cut at the wire declared
/// last, again and again, until none is left. Throws Error (schedule) for a cycle without wires.
Schedule schedule(const DependencyGraph& graph, const std::string& command);

/// The warning for a cut, in the user's terms: one line
/// a hop, the cut marked, the way to choose another.
std::string to_string(const Cut& cut, const DependencyGraph& graph, const std::string& command);

}  // namespace plexus

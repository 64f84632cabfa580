#include "plexus/compilers/graph/dependency_graph.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <queue>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/error.h"
#include "plexus/core/method.h"

namespace plexus {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

bool writes(const Use& use) {
  return use.access == Access::write || use.access == Access::update ||
         use.access == Access::publish || use.access == Access::clear;
}
bool reads(const Use& use) {
  return use.access == Access::read || use.access == Access::update;
}

Graph boost_graph(std::size_t calls, const std::vector<Dependency>& edges) {
  Graph graph(calls);
  for (const Dependency& edge : edges) boost::add_edge(edge.from, edge.to, graph);
  return graph;
}

/// The edges of a shortest way from one call to another;
/// empty if there is none (or they are the same).
std::vector<Dependency> shortest_way(const std::vector<Dependency>& edges, std::size_t calls,
                                     std::size_t from, std::size_t to) {
  const Graph graph = boost_graph(calls, edges);
  std::vector<std::size_t> before(calls, calls);
  boost::breadth_first_search(graph, from,
                              boost::visitor(boost::make_bfs_visitor(boost::record_predecessors(
                                  before.data(), boost::on_tree_edge()))));
  std::vector<Dependency> way;
  for (std::size_t at = to; at != from;) {
    if (before[at] == calls) return {};
    const auto edge = std::ranges::find_if(
        edges, [&](const Dependency& e) { return e.from == before[at] && e.to == at; });
    way.push_back(*edge);
    at = before[at];
  }
  std::ranges::reverse(way);
  return way;
}

/// The unwired compartments that reading `c` reads in
/// this step, each with the wires on the way to it.
void trace(const Compartment& c, std::vector<const Wire*>& wires,
           const std::function<void(Compartment&, const std::vector<const Wire*>&)>& found) {
  const Wire* wire = c.wire();
  if (wire == nullptr) return found(const_cast<Compartment&>(c), wires);
  if (wire->delayed) return;
  wires.push_back(wire);
  for (const Compartment* source : wire->source.present_compartments())
    trace(*source, wires, found);
  wires.pop_back();
}

}  // namespace

const Wire* Dependency::last_wire() const noexcept {
  const auto last = std::ranges::max_element(wires, {}, &Wire::order);
  return last == wires.end() ? nullptr : *last;
}

DependencyGraph dependency_graph(const std::vector<const Method*>& calls,
                                 const std::string& command) {
  DependencyGraph graph{calls, {}};
  std::map<const Compartment*, std::size_t> writer;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    for (const Use& use : calls[i]->uses()) {
      if (!writes(use) || use.compartment->targeted()) continue;
      const auto [first, fresh] = writer.emplace(use.compartment, i);
      if (!fresh && first->second != i)
        throw Error(
            Error::Kind::schedule, {.path = use.compartment->path()},
            fmt::format("command '{}': {} and {} both write {}, and nothing orders them", command,
                        calls[first->second]->label(), calls[i]->label(), use.compartment->label()),
            "write them as a chain, in the order that you mean");
    }
  }
  for (std::size_t i = 0; i < calls.size(); ++i) {
    for (const Use& use : calls[i]->uses()) {
      if (!reads(use)) continue;
      std::vector<const Wire*> way;
      trace(*use.compartment, way, [&](Compartment& source, const std::vector<const Wire*>& wires) {
        const auto found = writer.find(&source);
        if (found == writer.end()) return;
        // Its own state, or what it feeds to a part of itself: its stages order that.
        const bool within = wires.empty() || use.compartment->owner().parent() != nullptr;
        if (found->second == i && within) return;
        graph.edges.push_back({found->second, i, &source, use.compartment, wires});
      });
    }
  }
  return graph;
}

Schedule schedule(const DependencyGraph& graph, const std::string& command) {
  const std::size_t n = graph.calls.size();
  std::vector<Dependency> edges = graph.edges;
  Schedule result;
  for (;;) {
    std::vector<std::size_t> component(n);
    const Graph g = boost_graph(n, edges);
    boost::strong_components(g, component.data());
    // Among the edges that lie on a cycle, the wire declared last.
    const Dependency* cut = nullptr;
    const Wire* wire = nullptr;
    const Dependency* stuck = nullptr;
    for (const Dependency& edge : edges) {
      if (component[edge.from] != component[edge.to]) continue;
      const Wire* const last = edge.last_wire();
      if (last == nullptr) {
        stuck = &edge;
      } else if (wire == nullptr || last->order > wire->order) {
        cut = &edge;
        wire = last;
      }
    }
    if (cut == nullptr && stuck == nullptr) break;
    if (cut == nullptr) {
      std::string hops;
      for (const Dependency& hop : shortest_way(edges, n, stuck->to, stuck->from))
        hops += fmt::format("{} -> {} -> ", graph.calls[hop.from]->label(), hop.written->label());
      throw Error(Error::Kind::schedule, {.path = graph.calls[stuck->to]->owner().path()},
                  fmt::format("command '{}': nothing orders {} and {}: {}{} -> {}", command,
                              graph.calls[stuck->from]->label(), graph.calls[stuck->to]->label(),
                              hops, graph.calls[stuck->from]->label(), stuck->written->label()),
                  "write them as a chain, in the order that you mean");
    }
    Cut made{wire, shortest_way(edges, n, cut->to, cut->from)};
    made.loop.push_back(*cut);
    result.cuts.push_back(std::move(made));
    std::erase_if(edges, [&](const Dependency& edge) {
      return std::ranges::find(edge.wires, wire) != edge.wires.end();
    });
  }

  std::vector<std::size_t> waiting(n, 0);
  for (const Dependency& edge : edges) ++waiting[edge.to];
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < n; ++i)
    if (waiting[i] == 0) ready.push(i);
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    result.order.push_back(next);
    for (const Dependency& edge : edges)
      if (edge.from == next && --waiting[edge.to] == 0) ready.push(edge.to);
  }
  return result;
}

std::string to_string(const Cut& cut, const DependencyGraph& graph, const std::string& command) {
  std::vector<std::array<std::string, 3>> hops;
  std::array<std::size_t, 3> width{};
  for (const Dependency& hop : cut.loop) {
    hops.push_back(
        {graph.calls[hop.from]->label(), hop.written->label(), graph.calls[hop.to]->label()});
    for (std::size_t i = 0; i < 3; ++i) width[i] = std::max(width[i], hops.back()[i].size());
  }
  std::string text =
      fmt::format("command '{}' runs in a cycle; cut at the wire declared last", command);
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const bool last = i + 1 == hops.size();
    text += fmt::format("\n    {:<{}} -> {:<{}} -> ", hops[i][0], width[0], hops[i][1], width[1]);
    text +=
        last ? fmt::format("{:<{}}    <- cut: the value of the step before", hops[i][2], width[2])
             : hops[i][2];
  }
  text += fmt::format("\n  write `{{wire: {}, delayed: true}}` to choose the cut yourself",
                      cut.wire->text());
  return text;
}

}  // namespace plexus

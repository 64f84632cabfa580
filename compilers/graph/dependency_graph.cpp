#include "plexus/compilers/graph/dependency_graph.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/range/iterator_range.hpp>
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

/// Finds the edges on cycles of which they have the wire declared last.
///
/// Halves the declarations again and again: an edge within a strongly connected component of those
/// up to the middle belongs to the first half, any other to the second, where that component is one
/// node. So each edge is looked at once a level, however many cycles there are.
class LastOfCycles {
 public:
  LastOfCycles(std::size_t calls, const std::vector<Dependency>& edges) : closed_(edges.size()) {
    std::vector<Link> links;
    for (const Dependency& edge : edges) {
      const Wire* const last = edge.last_wire();
      declared_.push_back(last == nullptr ? 0 : last->order + 1);
      links.push_back({edge.from, edge.to, links.size()});
    }
    orders_ = declared_;
    std::ranges::sort(orders_);
    orders_.erase(std::ranges::unique(orders_).begin(), orders_.end());
    std::vector<std::size_t> component(calls);
    boost::strong_components(boost_graph(calls, edges), component.data());
    std::erase_if(links, [&](const Link& link) {
      closed_[link.edge] = orders_.size();
      return component[link.from] != component[link.to];
    });
    find(0, orders_.size(), calls, std::move(links));
  }

  [[nodiscard]] bool contains(std::size_t edge) const {
    return closed_[edge] < orders_.size() && orders_[closed_[edge]] <= declared_[edge];
  }

 private:
  struct Link {
    std::size_t from, to, edge;
  };

  /// `links`, among `nodes` nodes, come to lie on a cycle with one of orders [first, last], where
  /// orders_.size() is never.
  void find(std::size_t first, std::size_t last, std::size_t nodes, std::vector<Link> links) {
    if (links.empty()) return;
    if (first == last) {
      for (const Link& link : links) closed_[link.edge] = first;
      return;
    }
    const std::size_t middle = std::midpoint(first, last);
    Graph graph(nodes);
    for (const Link& link : links)
      if (declared_[link.edge] <= orders_[middle]) boost::add_edge(link.from, link.to, graph);
    std::vector<std::size_t> component(nodes);
    const std::size_t components = boost::strong_components(graph, component.data());
    std::vector<Link> within, between;
    for (const Link& link : links) {
      if (component[link.from] == component[link.to])
        within.push_back(link);
      else
        between.push_back({component[link.from], component[link.to], link.edge});
    }
    links = {};
    const std::size_t few = number_anew(within, nodes);
    find(first, middle, few, std::move(within));
    const std::size_t others = number_anew(between, components);
    find(middle + 1, last, others, std::move(between));
  }

  /// Leaves out the nodes without links; returns how many are left.
  static std::size_t number_anew(std::vector<Link>& links, std::size_t nodes) {
    std::vector<std::size_t> number(nodes, nodes);
    std::size_t count = 0;
    for (Link& link : links)
      for (std::size_t* node : {&link.from, &link.to}) {
        if (number[*node] == nodes) number[*node] = count++;
        *node = number[*node];
      }
    return count;
  }

  std::vector<int> declared_;        // by edge: its last wire, from 1; 0 for none
  std::vector<int> orders_;          // the same, each once
  std::vector<std::size_t> closed_;  // by edge: the first order with which it lies on a cycle
};

/// Takes the edges that are cut away, the latest wire first.
std::vector<Cut> cut_cycles(std::size_t calls, std::vector<Dependency>& edges) {
  const LastOfCycles last_of_cycles(calls, edges);
  std::map<int, const Dependency*, std::greater<>> first_edges;  // by the wire that is cut
  for (std::size_t i = 0; i < edges.size(); ++i)
    if (edges[i].last_wire() != nullptr && last_of_cycles.contains(i))
      first_edges.emplace(edges[i].last_wire()->order, &edges[i]);
  std::vector<Dependency> starts;
  for (const auto& [order, edge] : first_edges) starts.push_back(*edge);

  std::vector<Cut> cuts;
  std::set<const Wire*> gone;
  const auto take_away = [&] {
    std::erase_if(edges, [&](const Dependency& edge) {
      return std::ranges::any_of(edge.wires, [&](const Wire* wire) { return gone.contains(wire); });
    });
  };
  for (const Dependency& start : starts) {
    Cut cut{start.last_wire(), {}};
    if (cuts.size() < kShownCuts) {
      take_away();
      cut.loop = shortest_way(edges, calls, start.to, start.from);
      cut.loop.push_back(start);
    }
    gone.insert(cut.wire);
    cuts.push_back(std::move(cut));
  }
  take_away();
  return cuts;
}

/// Throws Error (schedule) if the edges have a cycle.
void refuse_cycle(const DependencyGraph& graph, const std::vector<Dependency>& edges,
                  const std::string& command) {
  const std::size_t n = graph.calls.size();
  std::vector<std::size_t> component(n);
  boost::strong_components(boost_graph(n, edges), component.data());
  const auto stuck = std::find_if(edges.rbegin(), edges.rend(), [&](const Dependency& edge) {
    return component[edge.from] == component[edge.to];
  });
  if (stuck == edges.rend()) return;
  std::string hops;
  for (const Dependency& hop : shortest_way(edges, n, stuck->to, stuck->from))
    hops += fmt::format("{} -> {} -> ", graph.calls[hop.from]->label(), hop.written->label());
  throw Error(Error::Kind::schedule, {.path = graph.calls[stuck->to]->owner().path()},
              fmt::format("command '{}': nothing orders {} and {}: {}{} -> {}", command,
                          graph.calls[stuck->from]->label(), graph.calls[stuck->to]->label(), hops,
                          graph.calls[stuck->from]->label(), stuck->written->label()),
              "write them as a chain, in the order that you mean");
}

/// Always the first call all of whose predecessors are done.
std::vector<std::size_t> first_come(std::size_t calls, const std::vector<Dependency>& edges) {
  const Graph graph = boost_graph(calls, edges);
  std::vector<std::size_t> waiting(calls, 0), order;
  for (const Dependency& edge : edges) ++waiting[edge.to];
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < calls; ++i)
    if (waiting[i] == 0) ready.push(i);
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    order.push_back(next);
    for (const auto& edge : boost::make_iterator_range(boost::out_edges(next, graph)))
      if (--waiting[boost::target(edge, graph)] == 0) ready.push(boost::target(edge, graph));
  }
  return order;
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
  std::vector<Dependency> edges = graph.edges;
  Schedule result;
  result.cuts = cut_cycles(graph.calls.size(), edges);
  refuse_cycle(graph, edges, command);
  result.order = first_come(graph.calls.size(), edges);
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

#include "plexus/compilers/graph/dependency_graph.h"

#include <numeric>

#include <gmock/gmock.h>

#include "tests/support/components.h"
#include "tests/support/error_of.h"
#include "tests/support/properties.h"

namespace plexus::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Calls that stand for nothing but their order, and wires that stand for nothing but theirs.
class Schedules : public testing::Test {
 protected:
  static constexpr std::size_t kMost = 12;
  Schedules() {
    install_compilers();
    for (std::size_t i = 0; i < kMost; ++i)
      cells_.push_back(&circuit_.add<Relay>("c" + std::to_string(i), {}));
  }

  /// The index-th wire, made when needed.
  const Wire* wire(int order) {
    while (static_cast<int>(wires_.size()) <= order) {
      wires_.push_back(
          std::make_unique<Wire>(Wire{.source = cells_[0]->out, .destination = &cells_[0]->in}));
      wires_.back()->order = static_cast<int>(wires_.size()) - 1;
    }
    return wires_[static_cast<std::size_t>(order)].get();
  }

  DependencyGraph graph_of(std::size_t calls, const std::vector<Dependency>& edges) {
    DependencyGraph graph;
    for (std::size_t i = 0; i < calls; ++i) graph.calls.push_back(&cells_[i]->advance);
    graph.edges = edges;
    return graph;
  }
  Dependency edge(std::size_t from, std::size_t to, std::vector<int> orders) {
    Dependency made{from, to, &cells_[from]->out, &cells_[to]->in, {}};
    for (const int order : orders) made.wires.push_back(wire(order));
    return made;
  }

  Context circuit_{"g", {.seed = 1}};
  std::vector<Relay*> cells_;
  std::vector<std::unique_ptr<Wire>> wires_;
};

TEST_F(Schedules, KeepTheGivenOrderWhereNothingOrdersTheCalls) {
  EXPECT_THAT(schedule(graph_of(4, {}), "go").order, ElementsAre(0, 1, 2, 3));
}

TEST_F(Schedules, FollowWiresAndKeepTiesInTheGivenOrder) {
  const auto made = schedule(graph_of(4, {edge(3, 0, {0}), edge(3, 1, {1})}), "go");

  EXPECT_THAT(made.order, ElementsAre(2, 3, 0, 1));
  EXPECT_THAT(made.cuts, IsEmpty());
}

TEST_F(Schedules, CutACycleAtTheWireDeclaredLast) {
  const auto made =
      schedule(graph_of(3, {edge(0, 1, {0}), edge(1, 2, {2}), edge(2, 0, {1})}), "go");

  ASSERT_EQ(made.cuts.size(), 1U);
  EXPECT_EQ(made.cuts[0].wire, wire(2));
  EXPECT_THAT(made.order, ElementsAre(2, 0, 1));
}

TEST_F(Schedules, ShowTheLoopsOfTheFirstCutsAlone) {
  std::vector<Dependency> loops;
  for (std::size_t i = 0; i < kMost; ++i) loops.push_back(edge(i, i, {static_cast<int>(i)}));
  const auto made = schedule(graph_of(kMost, loops), "go");

  ASSERT_EQ(made.cuts.size(), kMost);
  for (std::size_t i = 0; i < kMost; ++i) {
    EXPECT_EQ(made.cuts[i].wire, wire(static_cast<int>(kMost - 1 - i)));
    EXPECT_EQ(made.cuts[i].loop.size(), i < kShownCuts ? 1U : 0U);
  }
}

TEST_F(Schedules, CutAWireInTheMiddleOfAWayIfItWasDeclaredLast) {
  const auto made = schedule(graph_of(2, {edge(0, 1, {0}), edge(1, 0, {1, 2})}), "go");

  ASSERT_EQ(made.cuts.size(), 1U);
  EXPECT_EQ(made.cuts[0].wire, wire(2));
}

TEST_F(Schedules, RefuseACycleWithoutWires) {
  EXPECT_THAT(error_of([&] {
                schedule(graph_of(2, {edge(0, 1, {}), edge(1, 0, {})}), "go");
              }),
              testing::AllOf(HasSubstr("command 'go': nothing orders c1.advance and c0.advance"),
                             HasSubstr("write them as a chain")));
}

/// By brute force: is there a way from `a` to `b`?
bool reaches(const std::vector<Dependency>& edges, std::size_t n, std::size_t a, std::size_t b) {
  std::vector<bool> seen(n, false);
  std::vector<std::size_t> frontier{a};
  while (!frontier.empty()) {
    const std::size_t at = frontier.back();
    frontier.pop_back();
    for (const Dependency& e : edges) {
      if (e.from != at) continue;
      if (e.to == b) return true;
      if (!seen[e.to]) {
        seen[e.to] = true;
        frontier.push_back(e.to);
      }
    }
  }
  return false;
}

TEST_F(Schedules, AgreeWithABruteForceOracleOnRandomGraphs) {
  check_property(10'000, [this] {
    const auto n = *rc::gen::inRange<std::size_t>(1, kMost + 1);
    const auto count = *rc::gen::inRange<std::size_t>(0, 3 * n);
    std::vector<Dependency> edges;
    for (std::size_t i = 0; i < count; ++i) {
      const auto from = *rc::gen::inRange<std::size_t>(0, n),
                 to = *rc::gen::inRange<std::size_t>(0, n);
      std::vector<int> ways{*rc::gen::inRange(0, 12)};  // wires may serve several edges
      if (*rc::gen::inRange(0, 4) == 0) ways.push_back(*rc::gen::inRange(0, 12));
      edges.push_back(edge(from, to, ways));
    }

    const DependencyGraph given = graph_of(n, edges);

    // Cut the latest wire on any cycle until there is none.
    std::vector<const Wire*> cuts;
    for (;;) {
      const Wire* latest = nullptr;
      for (const Dependency& e : edges) {
        if (e.from != e.to && !reaches(edges, n, e.to, e.from)) continue;
        for (const Wire* w : e.wires)
          if (latest == nullptr || w->order > latest->order) latest = w;
      }
      if (latest == nullptr) break;
      cuts.push_back(latest);
      std::erase_if(edges, [&](const Dependency& e) {
        return std::ranges::find(e.wires, latest) != e.wires.end();
      });
    }
    // Then always the first call all of whose predecessors are done.
    std::vector<std::size_t> order;
    while (order.size() < n) {
      for (std::size_t i = 0; i < n; ++i) {
        if (std::ranges::find(order, i) != order.end()) continue;
        const bool waits = std::ranges::any_of(edges, [&](const Dependency& e) {
          return e.to == i && std::ranges::find(order, e.from) == order.end();
        });
        if (waits) continue;
        order.push_back(i);
        break;
      }
    }

    const Schedule made = schedule(given, "go");
    RC_ASSERT(made.order == order);
    RC_ASSERT(made.cuts.size() == cuts.size());
    for (std::size_t i = 0; i < cuts.size(); ++i) RC_ASSERT(made.cuts[i].wire == cuts[i]);
  });
}

}  // namespace
}  // namespace plexus::test

#include <cstddef>
#include <functional>
#include <span>
#include <variant>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/log.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

using Bytes = std::vector<std::byte>;

/// A BCM cable that drives a rectified cell, which drives its plasticity.
struct Cable {
  explicit Cable(bool optimises) {
    set_log_level(LogLevel::error);
    circuit.optimise(optimises);
    W.inputs.set(0.25F);
    W.pre.set(0.5F);
    cell.zF >> W.post;
    W.outputs >> cell.j;
  }

  Context circuit{"v", {.seed = 7}};
  BCMSynapse& W = circuit.add<BCMSynapse>(
      "W", {.shape = {20, 12}, .tau_w = 10, .tau_theta = 5, .theta0 = 1, .w_decay = 0.01F});
  RateCell& cell = circuit.add<RateCell>("cell", {.n_units = 12, .tau_m = 0, .act_fx = "relu"});
  Process& step = circuit.process("step") >> W.advance_state >> cell.advance_state >> W.evolve;
};

Bytes bytes_of(const Tensor& tensor) {
  return std::visit(
      [](const auto& values) {
        const auto view = std::as_bytes(std::span(values));
        return Bytes(view.begin(), view.end());
      },
      tensor.values);
}

/// The same with and without shortcuts: what is recorded, and the state in the end.
void expect_same_bytes(const std::function<Recording(Cable&)>& act) {
  Cable with(true), without(false);
  const Recording one = act(with), other = act(without);
  for (const auto& series : one.all())
    EXPECT_TRUE(series->words == other.find(series->name)->words) << series->name;
  for (const auto& component : with.circuit.components())
    for (const Compartment* c : component->compartments()) {
      const Tensor value = c->value();
      const Tensor expected = (*without.circuit.find(component->name()))[c->name()].value();
      EXPECT_TRUE(bytes_of(value) == bytes_of(expected))
          << c->label() << ": " << testing::PrintToString(value.floats()) << "\n"
          << testing::PrintToString(expected.floats());
    }
}

TEST(Shortcuts, GiveTheBytesOfThePlan) {
  expect_same_bytes([](Cable& c) { return c.step.scan(50, {.dt = 1}); });
}

TEST(Shortcuts, ShowWeightsAsTheyAreWheneverTheyAreWatched) {
  for (const int every : {1, 3, 7})
    expect_same_bytes([&](Cable& c) {
      c.step.watch(c.W.weights, WatchOptions{.every = every});
      c.step.watch(c.cell.zF, WatchOptions{.every = 2});
      return c.step.scan(50, {.dt = 1});
    });
}

TEST(Shortcuts, ShowWeightsAsTheyAreInTheMidstOfAStep) {
  expect_same_bytes([](Cable& c) {
    c.step.watch(c.W.weights,
                 WatchOptions{.name = "early", .every = 4, .after = &c.W.advance_state});
    return c.step.scan(50, {.dt = 1});
  });
}

TEST(Shortcuts, LeaveTheLastUpdateToBeLookedAt) {
  expect_same_bytes([](Cable& c) {
    c.step.watch(c.W.dWeights, WatchOptions{.every = 10});
    return c.step.scan(30, {.dt = 1});
  });
}

TEST(Shortcuts, FollowAGateThatIsSetBetweenAScanThatIsLongAndOneThatIsShort) {
  expect_same_bytes([](Cable& c) {
    c.step.scan(20, {.dt = 1});
    c.W.gate.set(0.5F);
    return c.step.scan(5, {.dt = 1});
  });
}

TEST(Shortcuts, FollowAMaskAndATimeStepThatChange) {
  expect_same_bytes([](Cable& c) {
    c.step.scan(20, {.dt = 1});
    c.W.mask.set(0.25F);
    c.step.scan(20, {.dt = 0.5});
    c.W.mask.set(1.0F);
    return c.step.scan(20, {.dt = 0.5});
  });
}

TEST(Shortcuts, TakeWhatIsFedForNew) {
  std::vector<float> rows(30 * 20);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<float>(i % 7) / 8;
  expect_same_bytes([&](Cable& c) {
    c.step.scan(30, {.dt = 1}, {.feeds = {{&c.W.inputs, rows.data(), 20}}});
    c.step.scan(30, {.dt = 1}, {.feeds = {{&c.W.pre, rows.data(), 20}}});
    return c.step.scan(30, {.dt = 1});
  });
}

TEST(Shortcuts, AreToldByExplain) {
  Cable c(true);
  EXPECT_THAT(c.step.explain(),
              testing::HasSubstr("W.evolve and W.advance_state are one pass over W.weights"));
}

}  // namespace
}  // namespace plexus

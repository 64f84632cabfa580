// What must hold of every spiking cell, whatever its equations.

#include <algorithm>
#include <cmath>
#include <memory>

#include <gmock/gmock.h>

#include "plexus/core/log.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

std::vector<std::string> spiking_types() {
  register_builtin_components();
  std::vector<std::string> names;
  for (const ComponentType* type : component_types())
    if (type->family == "neurons/spiking") names.emplace_back(type->name);
  return names;
}

class EverySpikingCell : public testing::TestWithParam<std::string> {
 protected:
  EverySpikingCell() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~EverySpikingCell() override { set_log_level(before_); }

  static Component& add(Context& circuit, int n_units, int batch_size,
                        Key key = Key::from_seed(5)) {
    const ComponentType& type = *find_component_type(GetParam());
    auto parameters = type.parameters();
    Parameters described = parameters->describe();
    for (const Parameter& p : described.all()) {
      if (p.name == "n_units") *std::get<int*>(p.target) = n_units;
      if (p.name == "batch_size") *std::get<int*>(p.target) = batch_size;
      if (!p.missing()) continue;
      if (auto* const* x = std::get_if<float*>(&p.target)) **x = 10;
      if (auto* const* x = std::get_if<Tensor*>(&p.target)) **x = Numbers(10);
    }
    return circuit.add(type, "cell", std::move(parameters), key);
  }
  static Compartment& current(Component& cell) {
    Compartment* j = cell.find_compartment("j");
    return j != nullptr ? *j : cell["current_j"];
  }
  static void step(Component& cell, int i, double dt) {
    cell.method("advance_state").run({.t = i * dt, .dt = dt});
  }

 private:
  LogLevel before_;
};

TEST_P(EverySpikingCell, StaysFiniteAtRest) {
  Context circuit("test", {.seed = 1});
  Component& cell = add(circuit, 2, 1);

  for (int i = 0; i < 100'000; ++i) step(cell, i, 0.1);

  for (const Compartment* c : cell.compartments()) {
    if (c->role() == Role::key) continue;
    for (const float x : c->values()) EXPECT_TRUE(std::isfinite(x)) << c->name();
  }
}

TEST_P(EverySpikingCell, TreatsEachSampleOfABatchAsIfItWereAlone) {
  constexpr int kUnits = 3, kBatch = 4, kSteps = 400;
  const auto drive = [](int sample, int i) {
    std::vector<float> j;
    for (int unit = 0; unit < kUnits; ++unit)
      j.push_back(static_cast<float>((sample * 7 + unit * 5 + i / 10 * 3) % 11) * 4 - 5);
    return j;
  };
  Context circuit("test", {.seed = 1});
  Component& batch = add(circuit, kUnits, kBatch);
  std::vector<std::unique_ptr<Context>> circuits;
  std::vector<Component*> singles;
  for (int sample = 0; sample < kBatch; ++sample) {
    circuits.push_back(std::make_unique<Context>("single", Context::Options{.seed = 1}));
    singles.push_back(&add(*circuits.back(), kUnits, 1));
  }

  for (int i = 0; i < kSteps; ++i) {
    std::vector<float> all;
    for (int sample = 0; sample < kBatch; ++sample) {
      const auto j = drive(sample, i);
      all.insert(all.end(), j.begin(), j.end());
      current(*singles[static_cast<std::size_t>(sample)]).set(j);
      step(*singles[static_cast<std::size_t>(sample)], i, 0.05);
    }
    current(batch).set(all);
    step(batch, i, 0.05);
  }

  for (const Compartment* c : batch.compartments()) {
    if (c->shape().rank() != 2 || c->shape()[0] != kBatch) continue;
    std::vector<float> one_by_one;
    for (Component* single : singles) {
      const auto row = (*single)[c->name()].values();
      one_by_one.insert(one_by_one.end(), row.begin(), row.end());
    }
    EXPECT_THAT(c->values(), testing::ElementsAreArray(one_by_one)) << c->name();
  }
}

TEST_P(EverySpikingCell, IsTheSameAfterSavingAndLoading) {
  Context first("test", {.seed = 1}), second("test", {.seed = 2});
  Component& cell = add(first, 3, 2);
  Component& copy = add(second, 3, 2, Key::from_seed(6));
  const auto drive = [](Component& driven, int from) {
    for (int i = from; i < from + 200; ++i) {
      current(driven).set(static_cast<float>(i / 10 * 7 % 11) * 4 - 5);
      step(driven, i, 0.05);
    }
  };
  drive(cell, 0);

  second.merge(first.values());
  drive(cell, 200);
  drive(copy, 200);

  EXPECT_EQ(second.values(), first.values());
}

TEST_P(EverySpikingCell, RefusesEveryNumberOutOfItsRangeByName) {
  const auto fresh = find_component_type(GetParam())->parameters();
  const Parameters described = fresh->describe();
  int refused = 0;
  for (std::size_t i = 0; i < described.all().size(); ++i) {
    const std::string& name = described.all()[i].name;
    auto parameters = find_component_type(GetParam())->parameters();
    Parameters all = parameters->describe();
    for (const Parameter& p : all.all())
      if (auto* const* n = std::get_if<int*>(&p.target)) **n = p.name == name ? -1 : 2;
    const Parameter& p = *all.find(name);
    if (auto* const* x = std::get_if<float*>(&p.target)) **x = INFINITY;
    if (auto* const* x = std::get_if<Tensor*>(&p.target)) **x = Numbers(-1);
    if (auto* const* text = std::get_if<std::string*>(&p.target)) **text = "nonsense";
    if (std::holds_alternative<bool*>(p.target) ||
        std::holds_alternative<std::optional<float>*>(p.target))
      continue;
    const auto problems = all.problems(GetParam(), "cell");
    EXPECT_TRUE(std::ranges::any_of(problems, [&](const ParameterProblem& problem) {
      return problem.parameter == name && problem.problem.starts_with("cell." + name + " is ");
    })) << name;
    ++refused;
  }
  EXPECT_GT(refused, 3);
}

INSTANTIATE_TEST_SUITE_P(Registry, EverySpikingCell, testing::ValuesIn(spiking_types()),
                         [](const auto& type) { return type.param; });

}  // namespace
}  // namespace plexus

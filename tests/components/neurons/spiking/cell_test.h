#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "plexus/core/random/key.h"
#include "tests/components/responses.h"

namespace plexus {

/// A circuit for cells of one type, which verifies what they touch.
template <class Cell>
class CellTest : public testing::Test {
 protected:
  using Params = typename Cell::Params;

  CellTest() : before_(set_log_level(LogLevel::error)) {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  ~CellTest() override { set_log_level(before_); }
  Cell& add(const Params& params, std::optional<Key> key = {}) {
    return circuit_.add<Cell>("cell" + std::to_string(next_++), params, key);
  }
  /// What a compartment of a new cell holds after each of some steps under a constant current.
  std::vector<float> driven(const Params& params, float j, Compartment Cell::*watched, int steps,
                            double dt = 1) {
    Cell& cell = add(params);
    cell.j.set(j);
    return Responses(cell.advance_state, cell.*watched, dt).after(steps);
  }
  /// The steps, counted from 0, in which a new cell of one unit spikes.
  std::vector<int> spikes(const Params& params, float j, int steps, double dt = 1) {
    const auto s = driven(params, j, &Cell::s, steps, dt);
    std::vector<int> when;
    for (int i = 0; i < steps; ++i)
      if (s[static_cast<std::size_t>(i)] > 0) when.push_back(i);
    return when;
  }
  /// One step by each integrator from what `prepare` sets, and what a compartment is then.
  std::map<std::string, float> by_integrator(Params params, Compartment Cell::*watched, double dt,
                                             const std::function<void(Cell&)>& prepare) {
    std::map<std::string, float> after;
    for (const char* name : {"euler", "midpoint", "heun", "ralston", "rk4"}) {
      params.integration_type = name;
      Cell& cell = add(params);
      prepare(cell);
      cell.advance_state.run({.t = 0, .dt = dt});
      after[name] = (cell.*watched).scalar();
    }
    return after;
  }
  /// Sets all its compartments to 2, and runs its reset.
  static void fill_and_reset(Cell& cell) {
    for (Compartment* c : cell.compartments())
      if (c->role() != Role::key && !c->targeted()) c->set(2);
    cell.reset.run();
  }

  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;

 private:
  LogLevel before_;
};

/// Matches what `by_integrator` gives: euler, midpoint, heun, ralston, rk4.
inline auto IntegratesTo(float tolerance, float euler, float midpoint, float heun, float ralston,
                         float rk4) {
  const auto near = [&](float x) { return testing::FloatNear(x, tolerance); };
  return testing::UnorderedElementsAre(
      testing::Pair("euler", near(euler)), testing::Pair("midpoint", near(midpoint)),
      testing::Pair("heun", near(heun)), testing::Pair("ralston", near(ralston)),
      testing::Pair("rk4", near(rk4)));
}

/// Mean distance of successive numbers.
inline double mean_interval(const std::vector<int>& steps) {
  return steps.size() < 2 ? 0
                          : static_cast<double>(steps.back() - steps.front()) /
                                static_cast<double>(steps.size() - 1);
}

inline auto ThrowsError(const std::string& text) {
  return testing::ThrowsMessage<Error>(testing::HasSubstr(text));
}

}  // namespace plexus

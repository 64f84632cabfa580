// What a method call costs when its own work is next to nothing.

#include <string>

#include <benchmark/benchmark.h>

#include "machine.h"
#include "plexus/compilers/compilers.h"
#include "plexus/components/neurons/graded/rate_cell.h"
#include "plexus/core/context.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"

namespace plexus {
namespace {

/// Leaky integrator: tau dz/dt = -z + j, forward Euler.
class LeakyCell final : public Component {
 public:
  static constexpr std::string_view type_name = "LeakyCell";
  static constexpr std::string_view family = "bench";
  static constexpr std::string_view about = "Leaky integrator.";
  struct Params {
    int n_units = 8;
    float tau = 10;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("tau", tau, "time constant", positive, unit::ms);
    }
  };
  LeakyCell(const Setup& setup, const Params& p) : Component(setup), p_(p) {}
  void prepare(const Step& step) override { k_ = {step.dt / p_.tau}; }

 private:
  Params p_;
  struct Constants {
    float rate;
  } k_{};
  struct Leak {
    static void at(const Constants& k, auto j, auto& z) { z += (j - z) * k.rate; }
  };

 public:
  const Dim n{p_.n_units, "n"};
  Compartment j{*this, "j", Role::input, {B, n}, "input"};
  Compartment z{*this, "z", Role::state, {B, n}, "activity"};
  Method advance_state{*this, "advance_state", takes("dt"),
                       each_unit<Leak>(k_, reads(j), updates(z))};
};

constexpr std::int64_t kSteps = 1000;
constexpr int kCells = 10;

/// A scan of a chain of ten cells of eight units.
template <class Cell>
void scan_of_a_chain(benchmark::State& state, const typename Cell::Params& params) {
  install_compilers();
  set_log_level(LogLevel::error);
  Context circuit("bench", {.seed = 1});
  auto& step = circuit.process("step");
  Cell* before = nullptr;
  for (int i = 0; i < kCells; ++i) {
    auto& cell = circuit.add<Cell>("c" + std::to_string(i), params);
    if (before != nullptr)
      before->z >> cell.j;
    else
      cell.j.set(1);
    step.then(cell.advance_state);
    before = &cell;
  }
  const bench::Stopwatch watch;
  for (auto _ : state) {
    step.scan(kSteps, {.dt = 1});
    benchmark::DoNotOptimize(before->z.values().data());
  }
  const double seconds = watch.seconds();
  const auto calls = state.iterations() * kSteps * kCells;
  state.SetItemsProcessed(calls);
  state.counters["ns_per_call"] = seconds / static_cast<double>(calls) * 1e9;
}

void BM_Chain_LeakyCells(benchmark::State& state) {
  scan_of_a_chain<LeakyCell>(state, {.n_units = 8});
}
BENCHMARK(BM_Chain_LeakyCells)->Unit(benchmark::kMicrosecond);

void BM_Chain_RateCells(benchmark::State& state) {
  scan_of_a_chain<RateCell>(state, {.n_units = 8, .tau_m = 10});
}
BENCHMARK(BM_Chain_RateCells)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace plexus

#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/outer_tile.h"
#include "plexus/core/scratch.h"
#include "plexus/core/stage.h"
#include "plexus/core/step.h"

namespace plexus {

class Component;
class Compartment;
class Method;
class Process;
class State;
struct OperatorBinding;
struct Wire;
namespace detail {
struct Shared;
}

/// A factor of an outer product, bound. Where it is scaled or shifted, `values` is a scratch copy
/// made anew from `source` in each step.
struct BoundFactor {
  const float* source = nullptr;
  float* values = nullptr;
  float scale = 1, shift = 0;
  std::int64_t size = 0;
};

struct BoundOuter {
  BoundFactor pre, post;
};

/// What a whole method reads where one of its compartments is wired.
struct BoundRead {
  Compartment* compartment = nullptr;
  const float* values = nullptr;
};

/// A value to fill a slot with.
struct BoundClear {
  float* values = nullptr;
  std::int64_t size = 0;
  float initial = 0;
};

/// One kernel of a plan, with everything it needs: no look-up is left for the step.
struct Call {
  static constexpr std::size_t kMaxArguments = 14;
  static constexpr std::int64_t kAllRows = std::numeric_limits<std::int64_t>::max();

  Kernel kernel = nullptr;
  const void* constants = nullptr;
  Component* component = nullptr;
  std::array<float*, kMaxArguments> arguments{};
  std::array<std::int64_t, kMaxArguments> row_strides{};  // 0 where one row serves the whole batch
  std::int64_t rows = 1, cols = 1;                        // of the units, or of the matrix
  std::int64_t batch = 1, pre = 1;                        // of a product or an outer product
  std::int64_t first = 0, last = kAllRows;                // rows of the matrix that are done
  bool flat = true;  // all arguments are contiguous and padded to whole vectors: one loop
  std::uint32_t* key = nullptr;  // of a stage that draws
  std::uint16_t scalars = 0;     // arguments that are scratch rows of …
  std::array<const float*, kMaxArguments> scalar_sources{};  // … these single values
  std::vector<BoundOuter> outers;
  std::vector<BoundClear> clears;
  std::vector<BoundRead> reads;  // of a whole method
  float* scratch = nullptr;
  detail::OuterKernel sum_tile = nullptr;  // of an update by a batch
  const detail::ActiveList *active_rows = nullptr, *active_cols = nullptr;  // of spikes
  const float* product_x = nullptr;  // of a merged update: the product that takes its rows
  float* product_y = nullptr;
  const OperatorBinding* operation = nullptr;
  const detail::Shared* shared = nullptr;  // its parts, if threads share it

  [[nodiscard]] std::int64_t rows_end() const { return last < pre ? last : pre; }

  /// The addresses of what it reads and writes; an update is both. For those who rearrange calls.
  std::vector<const void*> inputs, outputs;
  std::vector<const void*> looks;  // among the outputs: only looked at

  const Method* method = nullptr;  // for explain and profiles
  const Stage* stage = nullptr;
};

/// What a scan runs instead of a plan's calls, to the same effect in fewer steps.
///
/// A program belongs to a pair: whether the step goes on from one that put work off, and whether it
/// may put work off itself. A step that is observed, and the last, put nothing off: then the state
/// is the plan's.
class Shortcuts {
 public:
  struct Entry {
    Kernel kernel = nullptr;
    const Call* call = nullptr;
    std::size_t done = 0;  // calls of the plan that are done with it
  };
  using Program = std::vector<Entry>;
  struct Scan {
    std::int64_t steps = 0;
    Step step;                               // the first
    std::span<Compartment* const> fed = {};  // compartments that get new values before each step
  };

  virtual ~Shortcuts() = default;
  /// Fits the programs to a scan that begins now, with the values that the state has.
  virtual void begin(const Scan& scan) = 0;
  /// True if a compartment's value may be out of date after a step that puts work off.
  [[nodiscard]] virtual bool puts_off(const Compartment& c) const = 0;

  [[nodiscard]] const Program& program(bool goes_on, bool puts_off) const {
    return programs_[goes_on ? 1 : 0][puts_off ? 1 : 0];
  }

 protected:
  std::array<std::array<Program, 2>, 2> programs_;
};

/// Time spent in one call of a plan.
struct CallProfile {
  std::uint64_t calls = 0, nanoseconds = 0;
};

/// A schedule compiled to a flat list of bound kernels.
class Plan {
 public:
  std::vector<Call> calls;
  std::vector<Component*> components;                   // whose constants are prepared, in order
  std::vector<std::string> keywords;                    // in order of first use
  std::vector<const Method*> keyword_users;             // the first method that takes each
  std::vector<std::optional<float>> keyword_fallbacks;  // where all that take it agree on one
  std::vector<const Method*> order;                     // the method calls
  std::vector<std::size_t> method_ends;                 // one past the last call of order[i]
  std::vector<Call> end_of_step;                        // delays and operators that remember
  std::set<const Wire*> cuts;                           // wires that some of its calls read late
  struct Warning {
    const Wire* wire = nullptr;  // that it is about
    std::string text;
  };
  std::vector<Warning> warnings;     // cycles that were cut
  std::vector<std::string> remarks;  // what was decided and why, for explain
  Scratch scratch;
  std::vector<std::unique_ptr<OperatorBinding>> operations;

  int threads = 1;                      // that it was compiled for
  std::uint64_t layout_version = 0;     // of the state it was bound to
  std::uint64_t structure_version = 0;  // of the circuit it was compiled from

  std::unique_ptr<Shortcuts> shortcuts;                       // none where there is nothing to gain
  std::vector<std::shared_ptr<const detail::Shared>> shared;  // how threads share its calls

  bool started = false;  // has run
  bool profiling = false;
  mutable std::vector<CallProfile> profile;

  void step(const Step& step) const;
  void run_calls(std::size_t from, std::size_t to, const Step& step) const;
  /// The entries of a program from `at` on that belong to the plan's calls before `to`. Returns the
  /// next.
  std::size_t run_entries(const Shortcuts::Program& program, std::size_t at, std::size_t to,
                          const Step& step) const;
  void finish_step(const Step& step) const;
};

/// Turns processes into plans. `compilers` has the one implementation; linking plexus::plexus
/// installs it.
class Planner {
 public:
  virtual ~Planner() = default;
  virtual std::unique_ptr<Plan> compile(const Process& process) = 0;
};
void install_planner(std::unique_ptr<Planner> planner);
Planner& planner();

namespace detail {
/// While it lives, wired compartments give a whole method what its plan says.
class BoundReads {
 public:
  explicit BoundReads(const Call& call);
  ~BoundReads();
  BoundReads(const BoundReads&) = delete;
  BoundReads& operator=(const BoundReads&) = delete;

 private:
  const Call& call_;
};

template <class C, void (C::*Function)(const Step&)>
void Whole<Function>::run(const Call& call, const Step& step) {
  const BoundReads bound(call);
  (static_cast<C*>(call.component)->*Function)(step);
}
}  // namespace detail

}  // namespace plexus

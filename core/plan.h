#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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

/// A factor of an outer product, bound. Where it is scaled or shifted, `values` is a scratch copy made anew
/// from `source` in each step.
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

  Kernel kernel = nullptr;
  Kernel quiet = nullptr;  // the same without what is only looked at, where nothing reads that
  const void* constants = nullptr;
  Component* component = nullptr;
  std::array<float*, kMaxArguments> arguments{};
  std::array<std::int64_t, kMaxArguments> row_strides{};  // 0 where one row serves the whole batch
  std::int64_t rows = 1, cols = 1;                        // of the units, or of the matrix
  std::int64_t batch = 1, pre = 1;                        // of a product or an outer product
  bool flat = true;                                       // all arguments contiguous: one loop
  std::uint32_t* key = nullptr;                           // of a stage that draws
  std::uint16_t scalars = 0;                              // arguments that are scratch rows of …
  std::array<const float*, kMaxArguments> scalar_sources{};  // … these single values
  std::vector<BoundOuter> outers;
  std::vector<BoundClear> clears;
  std::vector<BoundRead> reads;  // of a whole method
  float* scratch = nullptr;
  const OperatorBinding* operation = nullptr;

  const Method* method = nullptr;  // for explain and profiles
  const Stage* stage = nullptr;
};

/// Time spent in one call of a plan.
struct CallProfile {
  std::uint64_t calls = 0, nanoseconds = 0;
};

/// A schedule compiled to a flat list of bound kernels.
class Plan {
 public:
  std::vector<Call> calls;
  std::vector<Component*> components;      // whose constants are prepared, in order
  std::vector<std::string> keywords;       // in order of first use
  std::vector<const Method*> keyword_users;  // the first method that takes each
  std::vector<std::optional<float>> keyword_fallbacks;  // where all that take it agree on one
  std::vector<const Method*> order;        // the method calls
  std::vector<std::size_t> method_ends;    // one past the last call of order[i]
  std::vector<Call> end_of_step;           // delays and operators that remember
  std::vector<const Wire*> cuts;           // wires that some of its calls read late
  struct Warning {
    const Wire* wire = nullptr;  // that it is about
    std::string text;
  };
  std::vector<Warning> warnings;           // cycles that were cut
  std::vector<std::string> remarks;        // what was decided and why, for explain
  std::vector<std::unique_ptr<float[]>> scratch;
  std::vector<std::unique_ptr<OperatorBinding>> operations;

  std::uint64_t layout_version = 0;     // of the state it was bound to
  std::uint64_t structure_version = 0;  // of the circuit it was compiled from

  bool started = false;  // has run
  bool profiling = false;
  mutable std::vector<CallProfile> profile;

  void step(const Step& step) const;
  /// Calls [from, to); a quiet one leaves out what is only looked at.
  void run_calls(std::size_t from, std::size_t to, const Step& step, bool quiet = false) const;
  void finish_step(const Step& step) const;
};

/// Turns processes into plans. `compilers` has the one implementation; linking plexus::plexus installs it.
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

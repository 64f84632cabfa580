#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plexus/core/expression.h"
#include "plexus/core/plan.h"
#include "plexus/core/recording.h"
#include "plexus/core/step.h"

namespace plexus {

class Compartment;
class Context;
class Method;
class State;
struct Wire;

/// Values by path, "v1:W:weights": a whole state or a part of one.
using StateMap = std::map<std::string, Tensor>;

struct WatchOptions {
  std::string name = {};          // default: the compartment's label
  int every = 1;                  // of a scan: keeps steps every, 2 every, … of it
  const Method* after = nullptr;  // sampled after this method; default: at the end of the step
  int call = 0;                   // after which of its calls in a step, from 1; 0: after the last
};

/// Something that is looked at while a process runs.
struct Watch {
  std::string name;
  Compartment* compartment = nullptr;
  const Wire* probe = nullptr;  // of an expression
  int every = 1;
  const Method* after = nullptr;
  int call = 0;
};

struct RunOptions {
  const StateMap* from = nullptr;  // starts from these values, over the present state
  bool update = true;              // false: the live state stays as it was
};

struct RunResult {
  StateMap state;               // of the keys in `from`, or of all
  std::vector<Tensor> watched;  // in the order of `watches()`
};

/// Rows that are put into an unwired compartment, one before each step (stride 0: the same row).
struct Feed {
  Compartment* compartment = nullptr;
  const float* rows = nullptr;
  std::size_t stride = 0;
};

struct ScanOptions {
  std::int64_t first_step = 0;  // t starts at first_step * dt
  std::vector<Feed> feeds = {};
  const StateMap* from = nullptr;
  bool update = true;
  std::function<bool()> proceed =
      {};  // asked for each step while the one before is due; false ends the run there
  const std::vector<Watch>* watches = nullptr;  // instead of the process's own
};

/// Rows of keywords, one a step: the packed form of `Keywords` (see Process::pack_rows).
using KeywordRows = std::vector<std::vector<float>>;
/// A keyword given by a function of a seed, or by a number.
using KeywordSource = std::variant<float, std::function<float(std::int64_t seed)>>;

/// What a command collects: methods by name, over all components or some.
struct CommandSpec {
  std::vector<std::string> methods;
  std::vector<std::string> only = {}, except = {};  // components
  bool has_only = false;                            // `only` counts even where it is empty
};

/// An ordered list of method calls and processes, or a command; compiled to a plan when first run.
///
/// Steps execute in order on one state, a write visible to every later read.
/// Chains run exactly as written; a command is ordered by the dependency
/// graph. Errors of a compilation are thrown by `run`, `scan`, `plan`.
class Process {
 public:
  using Item = std::variant<Method*, Process*>;

  Process(Context& context, std::string name);
  Process(Context& context, std::string name, CommandSpec command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// "v1:step", as errors name it.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] Context& context() const noexcept { return *context_; }
  [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }
  [[nodiscard]] const CommandSpec* command() const noexcept { return command_.get(); }

  Process& then(Method& method);
  Process& then(Process& process);
  Process& operator>>(Method& method) { return then(method); }
  Process& operator>>(Process& process) { return then(process); }

  /// Every read through a wire sees the value of the
  /// step before, whatever the order (double-buffered).
  Process& synchronous(bool on = true);
  [[nodiscard]] bool is_synchronous() const noexcept { return synchronous_; }

  /// Adds compartments to what `run` returns and `scan` records.
  template <class... C>
  Process& watch(Compartment& first, C&... more) {
    add_watch(first, {});
    (add_watch(more, {}), ...);
    return *this;
  }
  Process& watch(Compartment& compartment, const WatchOptions& options);
  /// Watches an expression; `options.name` names it.
  Process& watch(const Expression& expression, const WatchOptions& options);
  void clear_watches();
  /// Those of the processes joined here, in order, then its own.
  [[nodiscard]] std::vector<Watch> watches() const;

  /// Keywords of all its methods, in order of first use.
  [[nodiscard]] std::vector<std::string> keywords() const;
  /// Values of all keywords, in their order. A source that is a function
  /// is called with `seed`. Throws Error: schedule, for a missing
  /// keyword, naming it and the process, or a function without a seed.
  [[nodiscard]] std::vector<float> pack_keywords(const std::map<std::string, KeywordSource>& given,
                                                 std::optional<std::int64_t> seed = {}) const;
  /// Rows 0 … length-1; row i is packed with seed `seeds(i)` (default: i).
  [[nodiscard]] KeywordRows pack_rows(
      std::size_t length, const std::map<std::string, KeywordSource>& given,
      const std::function<std::int64_t(std::int64_t)>& seeds = {}) const;

  /// One step. Throws Error: schedule, for a missing
  /// keyword, naming it, the method and the process.
  RunResult run(const Keywords& keywords = {}, const RunOptions& options = {});
  /// The same with the values of `pack_keywords`.
  RunResult run_packed(const std::vector<float>& packed, const RunOptions& options = {});
  /// `steps` steps in one call; what is watched is recorded. A step allocates nothing.
  Recording scan(std::int64_t steps, const Keywords& keywords = {},
                 const ScanOptions& options = {});
  Recording scan(const KeywordRows& rows, const ScanOptions& options = {});
  /// The same, appending to a recording. Returns the number of steps made.
  std::int64_t scan_into(Recording& recording, std::int64_t steps, const Keywords& keywords,
                         const ScanOptions& options);

  /// The compiled plan, compiled anew if the circuit
  /// has changed. `run` and `scan` log its warnings.
  Plan& plan();
  /// Why the steps stand in this order, what is aliased, which keywords are needed.
  [[nodiscard]] std::string explain();

 private:
  friend class Context;
  struct Point;
  void add_watch(Compartment& compartment, const WatchOptions& options);
  /// Checks keywords, and adds those that methods have values for.
  [[nodiscard]] Keywords completed(Keywords keywords, std::int64_t steps) const;
  [[nodiscard]] Keywords unpack(const std::vector<std::string>& names,
                                const std::vector<float>& row) const;
  std::vector<Point> bind_points(const Plan& plan, const std::vector<Watch>& watches,
                                 State& state) const;
  std::vector<Point*> open_series(std::vector<Point>& points, Recording* recording,
                                  std::vector<Recording::Series>& single, std::int64_t steps) const;
  void warn_of_idle_inputs(const Plan& plan) const;
  [[nodiscard]] std::uint64_t total_version() const;
  /// "calls W.evolve", "watches W.z", "joins 'inner'", if it does anything with what goes; else "".
  [[nodiscard]] std::string use_of(const std::function<bool(const Compartment*)>& goes,
                                   const std::vector<Context*>& closing) const;
  void prepare(Plan& plan, const Step& step);
  void announce();
  /// `uniform`: all steps have the same keywords, but for the time.
  std::int64_t run_steps(Recording* recording, std::vector<Tensor>* watched, std::int64_t steps,
                         bool uniform, const std::function<Step(std::int64_t)>& step_at,
                         const ScanOptions& options);

  Context* context_;
  std::string name_;
  std::vector<Item> items_;
  std::unique_ptr<CommandSpec> command_;
  std::vector<Watch> watches_;
  bool synchronous_ = false;
  std::uint64_t version_ = 0;  // grows with every change
  std::uint64_t compiled_version_ = ~std::uint64_t{0};
  std::unique_ptr<Plan> plan_;
};

}  // namespace plexus

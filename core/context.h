#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plexus/core/component.h"
#include "plexus/core/error.h"
#include "plexus/core/process.h"
#include "plexus/core/registry.h"
#include "plexus/core/state.h"
#include "plexus/core/wire.h"

namespace plexus {

class AccessGuard;

/// A copy of all values of a circuit, at the layout it had then.
struct Snapshot {
  std::vector<State::Word> words;
  std::uint64_t moves = 0;  // of the state
};

struct WireOptions {
  bool delayed = false;
  Where where = {};
};

/// Owns components, wires, processes and, at the top, the state that they share.
///
/// Contexts nest: `outer.context("B")` finds or makes the one of that
/// name, at any time. Paths (`outer:B:W:weights`) name everything.
/// Two circuits may run in two threads; one belongs to one thread.
class Context {
 public:
  struct Options {
    std::optional<std::uint32_t> seed = {};  // none: one is drawn and logged
    std::optional<std::size_t> memory_limit =
        {};  // bytes of all values; none: the machine's memory
  };

  explicit Context(std::string name, Options options);
  explicit Context(std::string name);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::string path() const;
  [[nodiscard]] Context* parent() const noexcept { return parent_; }
  [[nodiscard]] Context& root() noexcept { return *root_; }
  [[nodiscard]] const Context& root() const noexcept { return *root_; }
  [[nodiscard]] std::uint32_t seed() const noexcept { return root_->seed_; }

  /// Adds a component. Its key is the given one, or child i of the seed's key for the i-th
  /// component added to the circuit. Throws Error: config, for a taken or ill-formed name, or
  /// parameters out of range (all of them in one message); then the circuit is as before.
  template <ComponentClass C>
  C& add(std::string name, typename C::Params params, std::optional<Key> key = {}) {
    return static_cast<C&>(
        add(component_type<C>(), std::move(name),
            std::make_unique<ParametersOf<typename C::Params>>(std::move(params)), key));
  }
  Component& add(const ComponentType& type, std::string name,
                 std::unique_ptr<ParameterSet> parameters, std::optional<Key> key = {});
  /// Removes a component, or a nested context, and its slots. Throws Error: wiring, while a wire
  /// outside it uses it; schedule, while a process outside it calls or watches it.
  void remove(std::string_view name);

  /// The nested context of that name, made when needed.
  Context& context(const std::string& name);

  /// A process by name, made when needed. Throws Error: config, if a command has the name.
  Process& process(const std::string& name);
  /// A command: every component's methods of that name
  /// (`methods`, default its own name), ordered by the graph.
  Process& command(const std::string& name, CommandSpec spec = {});

  [[nodiscard]] const std::vector<std::unique_ptr<Component>>& components() const noexcept {
    return components_;
  }
  /// Those of this context and of all nested ones, in
  /// order of declaration, depth first; without parts.
  [[nodiscard]] std::vector<Component*> all_components() const;
  [[nodiscard]] std::vector<Context*> contexts() const;
  [[nodiscard]] const std::vector<std::unique_ptr<Process>>& processes() const noexcept {
    return processes_;
  }
  /// By dotted name from here: "W", "layer1.W", "cell.Wl_cell". nullptr if there is none.
  [[nodiscard]] Component* find(std::string_view dotted) const noexcept;
  [[nodiscard]] Process* find_process(std::string_view name) const noexcept;
  /// By dotted name, "layer1.W.weights", or path, "v1:layer1:W:weights".
  /// Throws Error (config) with the nearest name.
  [[nodiscard]] Compartment& compartment(std::string_view name) const;
  [[nodiscard]] Component& component(std::string_view name) const;

  /// Wires; `rewire` replaces an existing one; `unwire` reveals the destination's own value.
  void wire(const Expression& source, Compartment& destination, const WireOptions& options = {});
  void rewire(const Expression& source, Compartment& destination, const WireOptions& options = {});
  void unwire(Compartment& destination);
  [[nodiscard]] const std::vector<std::unique_ptr<Wire>>& wires() const noexcept {
    return root_->wires_;
  }
  /// The value of an expression now. Operators that remember start from 0.
  [[nodiscard]] Tensor evaluate(const Expression& expression);

  [[nodiscard]] State& state() noexcept { return root_->state_; }
  [[nodiscard]] const State& state() const noexcept { return root_->state_; }
  [[nodiscard]] Snapshot snapshot() const;
  /// Throws Error: shape, if components or the batch size changed since the snapshot.
  void restore(const Snapshot& snapshot);
  /// All values by path; `merge` sets those it names. Throws
  /// Error: config or shape, then nothing is changed.
  [[nodiscard]] StateMap values() const;
  void merge(const StateMap& values);
  [[nodiscard]] bool has_key(std::string_view path) const;

  /// Gives every component another batch size, keeping what was learned: rows are dropped, or
  /// repeat in turn. Delays and operators that remember start anew. Throws Error: config for a size
  /// < 1, shape if wires would not fit; then the circuit is as before.
  void set_batch_size(int batch_size);
  /// Gives every component whose key came from the seed,
  /// and its parts, the key it would have under another.
  void reseed(std::uint32_t seed);

  /// Verifies the accesses that every method declares while
  /// it runs; on by default in builds with assertions.
  void verify_accesses(bool on) noexcept { root_->verifies_ = on; }
  [[nodiscard]] bool verifies() const noexcept { return root_->verifies_; }
  /// Lets scans take shortcuts (see Process::explain); on by default. The bits are the same
  /// without.
  void optimise(bool on) noexcept { root_->optimises_ = on; }
  [[nodiscard]] bool optimises() const noexcept { return root_->optimises_; }

  /// A likely mistake: an output that is read, through a wire, but that no process ever writes.
  struct Lint {
    const Wire* wire = nullptr;
    std::string problem, remedy;
  };
  [[nodiscard]] std::vector<Lint> lint() const;

  /// Grows with every change that plans depend on.
  [[nodiscard]] std::uint64_t structure_version() const noexcept {
    return root_->structure_version_;
  }

  // For compilers.
  /// Makes the wire's slot for the value of the step before.
  void ensure_delay(const Wire& wire);
  const Wire& probe(const Expression& expression);
  void drop_probe(const Wire& probe);
  [[nodiscard]] const std::vector<std::unique_ptr<Wire>>& probes() const noexcept {
    return root_->probes_;
  }
  /// Called before a plan runs: the first time, delayed values become the sources' initial ones.
  void start();

 private:
  friend class Component;
  friend class Compartment;
  friend class Process;
  friend class AccessGuard;

  Context(std::string name, Context& parent);
  void check_free(const std::string& name) const;
  void bind_expression(Wire& wire);
  void release_slots(Wire& wire);
  void refuse_cycle(const Expression& source, const Compartment& destination) const;
  void refuse_misfit(const Expression& source, const Shape& from, const Compartment& to,
                     const Shape& into) const;
  void collect(std::vector<Component*>& all) const;
  void set_delays(const std::vector<const Wire*>& wires);
  void rebind_wires();
  [[nodiscard]] std::string taken_by(std::string_view name) const;
  void resize_batch(Component& component, int batch_size);
  void widen(Compartment& compartment, std::int64_t columns);
  void changed() noexcept { ++root_->structure_version_; }

  std::string name_;
  Context* parent_ = nullptr;
  Context* root_ = this;
  State state_;  // of the root; outlives the components, whose slots it holds
  std::vector<std::unique_ptr<Component>> components_;
  std::map<std::string, Component*, std::less<>> by_name_;  // the same
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<std::variant<Component*, Context*>> declared_;  // in order
  std::vector<std::unique_ptr<Process>> processes_;

  // Of the root:
  std::vector<std::unique_ptr<Wire>> wires_, probes_;
  bool closing_ = false;
  std::uint32_t seed_ = 0;
  std::uint64_t added_ = 0;
  int wire_count_ = 0;
  std::uint64_t structure_version_ = 0;
  bool started_ = false;
  const AccessGuard* guard_ = nullptr;
  bool optimises_ = true;
#ifdef NDEBUG
  bool verifies_ = false;
#else
  bool verifies_ = true;
#endif
};

/// The circuit that a compartment belongs to.
Context& context_of(const Compartment& compartment);

}  // namespace plexus

#include "plexus/compilers/component/bind.h"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/error.h"
#include "plexus/core/method.h"
#include "plexus/core/state.h"

namespace plexus {
namespace {

bool is_input(Access access) {
  return access == Access::read || access == Access::update;
}

void refuse_write(const Method& method, const Use& use, const std::string& process) {
  const Wire& wire = *use.compartment->wire();
  const std::string line = wire.where.line > 0 ? fmt::format(" (line {})", wire.where.line) : "";
  throw Error(Error::Kind::schedule, {.path = use.compartment->path()},
              fmt::format("{} {} {}, which is wired from {}{}", method.label(),
                          use.access == Access::update ? "updates" : "writes",
                          use.compartment->label(), wire.source.text(), line),
              fmt::format("drop the wire, or leave {} out of '{}'", method.label(), process));
}

/// Copies words: of slots of any type.
Call copy_call(const State::Word* from, State::Word* to, std::size_t n) {
  Call call;
  call.arguments[0] = reinterpret_cast<float*>(const_cast<State::Word*>(from));
  call.arguments[1] = reinterpret_cast<float*>(to);
  call.cols = static_cast<std::int64_t>(n);
  call.inputs = {from};
  call.outputs = {to};
  call.kernel = [](const Call& c, const Step&) {
    std::copy_n(reinterpret_cast<const State::Word*>(c.arguments[0]), c.cols,
                reinterpret_cast<State::Word*>(c.arguments[1]));
  };
  return call;
}

bool writes_slot(const Stage& stage, int slot) {
  return std::ranges::any_of(stage.uses, [&](const Use& use) {
    return use.access != Access::read && !use.compartment->targeted() &&
           use.compartment->slot() == slot;
  });
}

/// Whether a unit of the stage reads nothing of `c` but its own value.
bool reads_own_unit(const Stage& stage, const Compartment& c) {
  return stage.kind == Stage::Kind::unit && std::ranges::all_of(stage.uses, [&](const Use& use) {
           return use.access == Access::read || use.compartment->shape().size() == c.shape().size();
         });
}

bool is_read_by(const Stage& stage, const Compartment& c) {
  const auto is_read = [&](const Use& use) {
    return is_input(use.access) && use.compartment == &c;
  };
  const auto is_factor = [&](const Outer& outer) {
    return outer.pre.compartment == &c || outer.post.compartment == &c;
  };
  return std::ranges::any_of(stage.uses, is_read) || std::ranges::any_of(stage.outers, is_factor);
}

/// Whether the method writes what the wire to `c` gives before it has read it for the last time.
bool overtakes(const Method& method, const Compartment& c, const Cuts& cuts) {
  // What a part of the component gives it, or is given by it, flows on within the method.
  const auto sources = sources_of(c, cuts);
  const bool own = std::ranges::any_of(
      sources, [&](const Compartment* source) { return &source->owner() == &c.owner(); });
  if (!own) return false;
  const int slot = read_slot(c, cuts);
  bool written = false;
  for (const Stage& stage : method.stages()) {
    const bool read = is_read_by(stage, c);
    if (written && read) return true;
    written = written || writes_slot(stage, slot);
    if (written && read && !reads_own_unit(stage, c)) return true;
  }
  return false;
}

/// Copies of what wires gave when a method began.
using Kept = std::map<const Compartment*, float*>;

/// Binds one stage.
class Binder {
 public:
  Binder(const Method& method, const Stage& stage, Plan& plan, State& state, const Cuts& cuts,
         const Kept& kept)
      : stage_(stage), plan_(plan), state_(state), cuts_(cuts), kept_(kept) {
    call_.kernel = stage.loops.full ? stage.loops.full.best() : nullptr;
    call_.constants = stage.constants;
    call_.component = stage.owner;
    call_.method = &method;
    call_.stage = &stage;
  }

  Call bind() {
    using enum Stage::Kind;
    switch (stage_.kind) {
      case unit:
      case post: bind_arguments(domain()); break;
      case synapse: bind_synapse(); break;
      case product: bind_product(); break;
      case whole: bind_whole(); break;
      case clear: bind_clear(); break;
    }
    return std::move(call_);
  }

 private:
  float* scratch(std::size_t n) { return plan_.scratch.floats(n); }

  float* read(const Compartment& c) {
    const auto copy = kept_.find(&c);
    float* const values = copy != kept_.end() ? copy->second : state_.floats(read_slot(c, cuts_));
    call_.inputs.push_back(values);
    return values;
  }

  float* address(const Use& use) {
    float* const values = is_input(use.access)          ? read(*use.compartment)
                          : use.compartment->targeted() ? scratch(use.compartment->shape().size())
                                                        : state_.floats(use.compartment->slot());
    if (use.access != Access::read) call_.outputs.push_back(values);
    if (use.access == Access::look) call_.looks.push_back(values);
    return values;
  }

  [[noreturn]] void refuse(Error::Kind kind, const std::string& problem) const {
    throw Error(kind, {.path = stage_.owner->path()},
                fmt::format("{}: {}", call_.method->label(), problem),
                "correct the method's declaration in the component's header");
  }

  /// The shape that the stage runs over: that of the first value that it writes.
  const Shape& domain() const {
    const auto first = std::ranges::find_if(stage_.uses, [](const Use& use) {
      return use.access != Access::read && use.compartment->role() != Role::key;
    });
    if (first == stage_.uses.end()) refuse(Error::Kind::schedule, "a stage writes nothing");
    if (stage_.uses.size() > Call::kMaxArguments)
      refuse(Error::Kind::schedule, fmt::format("a stage of {} values; expected {} at most",
                                                stage_.uses.size(), Call::kMaxArguments));
    return first->compartment->shape();
  }

  void bind_arguments(const Shape& shape) {
    call_.rows = shape.rows();
    call_.cols = shape.cols();
    std::size_t a = 0;
    for (const Use& use : stage_.uses) {
      if (stage_.draws && use.compartment->role() == Role::key) {
        call_.key = state_.words(use.compartment->slot());
        call_.inputs.push_back(call_.key);
        call_.outputs.push_back(call_.key);
        continue;
      }
      const Shape& own = use.compartment->shape();
      float* const values = address(use);
      if (own.rows() == call_.rows && own.cols() == call_.cols) {
        call_.arguments[a] = values;
        call_.row_strides[a] = call_.cols;
      } else if (own.size() == static_cast<std::size_t>(call_.cols) &&
                 (use.access == Access::read || call_.rows == 1)) {  // one row for the whole batch
        call_.arguments[a] = values;
        call_.flat = call_.flat && call_.rows == 1;
      } else if (own.size() == 1 && use.access == Access::read) {
        call_.scalars = static_cast<std::uint16_t>(call_.scalars | (1U << a));
        call_.scalar_sources[a] = values;
        call_.arguments[a] = scratch(static_cast<std::size_t>(call_.cols));
        call_.flat = call_.flat && call_.rows == 1;
      } else {
        refuse(Error::Kind::shape, fmt::format("{} {} does not fit {}", use.compartment->label(),
                                               to_string(own), to_string(shape)));
      }
      ++a;
    }
  }

  BoundFactor factor(const Factor& f) {
    BoundFactor bound;
    bound.source = read(*f.compartment);
    bound.scale = f.scale;
    bound.shift = f.shift;
    bound.size = static_cast<std::int64_t>(f.compartment->shape().size());
    bound.values = f.scale == 1 && f.shift == 0 ? const_cast<float*>(bound.source)
                                                : scratch(f.compartment->shape().size());
    return bound;
  }

  void bind_synapse() {
    bind_arguments(domain());
    call_.pre = call_.rows;
    for (const Outer& outer : stage_.outers) {
      call_.batch = outer.pre.compartment->shape().rows();
      call_.outers.push_back({factor(outer.pre), factor(outer.post)});
    }
    if (call_.batch > 1) {
      const auto each = detail::outer_scratch(call_.batch, call_.pre, call_.cols);
      call_.scratch = scratch(stage_.outers.size() * static_cast<std::size_t>(each));
      call_.sum_tile = detail::outer_kernels().best();
    }
  }

  void bind_product() {
    const auto& W = *stage_.uses[1].compartment;
    call_.pre = W.shape()[0];
    call_.cols = W.shape()[1];
    call_.batch = stage_.uses[0].compartment->shape().rows();
    call_.rows = call_.batch;
    for (std::size_t a = 0; a < stage_.uses.size(); ++a) {
      const Use& use = stage_.uses[a];
      call_.arguments[a] = address(use);
      call_.row_strides[a] =
          stage_.uses[a].compartment->shape().size() == 1 && a == 3 ? 0 : call_.cols;
    }
  }

  void bind_whole() {
    for (const Use& use : stage_.uses) {
      const float* const values = address(use);
      if (is_input(use.access) && use.compartment->targeted())
        call_.reads.push_back({use.compartment, values});
    }
  }

  void bind_clear() {
    for (const Use& use : stage_.uses) {
      if (use.compartment->targeted()) continue;
      call_.outputs.push_back(state_.floats(use.compartment->slot()));
      call_.clears.push_back({state_.floats(use.compartment->slot()),
                              static_cast<std::int64_t>(use.compartment->shape().size()),
                              use.compartment->options().initial});
    }
    call_.kernel = [](const Call& call, const Step&) {
      for (const BoundClear& clear : call.clears)
        std::fill_n(clear.values, clear.size, clear.initial);
    };
  }

  const Stage& stage_;
  Plan& plan_;
  State& state_;
  const Cuts& cuts_;
  const Kept& kept_;
  Call call_;
};

void append_evaluation(const Wire& wire, std::vector<Call>& calls, Plan& plan, State& state,
                       const Cuts& cuts) {
  for (std::size_t i = 0; i < wire.operations.size(); ++i) {
    plan.operations.push_back(bind(wire, i, state, cuts));
    Call call;
    call.operation = plan.operations.back().get();
    for (const auto& input : call.operation->inputs) call.inputs.push_back(input.values);
    for (const auto& matrix : call.operation->spread) call.inputs.push_back(matrix.held);
    if (call.operation->call.memory.values != nullptr)
      call.inputs.push_back(call.operation->call.memory.values);
    call.outputs = {call.operation->call.output.values};
    call.kernel = [](const Call& c, const Step&) { c.operation->evaluate(); };
    calls.push_back(std::move(call));
  }
}

void evaluate_before(const Compartment& read, Plan& plan, State& state, const Cuts& cuts,
                     FreshWires& fresh) {
  std::vector<const Wire*> wires;
  wires_to_evaluate(read, wires, cuts);
  for (const Wire* wire : wires) {
    if (fresh.contains(*wire)) continue;
    append_evaluation(*wire, plan.calls, plan, state, cuts);
    fresh.add(*wire, cuts);
  }
}

}  // namespace

void FreshWires::add(const Wire& wire, const Cuts& cuts) {
  wires_.insert(&wire);
  for (const Compartment* operand : wire.source.compartments())
    for (const Compartment* source : sources_of(*operand, cuts)) readers_[source].push_back(&wire);
}

void FreshWires::note_write(const Compartment& c) {
  const auto found = readers_.find(&c);
  if (found == readers_.end()) return;
  for (const Wire* wire : found->second) wires_.erase(wire);
  readers_.erase(found);
}

void bind_method(const Method& method, Plan& plan, State& state, const Cuts& cuts,
                 FreshWires& fresh, const std::string& process) {
  std::vector<const Compartment*> wired;
  const auto note_input = [&](const Compartment& c) {
    if (c.targeted() && std::ranges::find(wired, &c) == wired.end()) wired.push_back(&c);
  };
  for (const Stage& stage : method.stages()) {
    for (const Use& use : stage.uses) {
      const bool writes =
          use.access == Access::update || use.access == Access::write || use.access == Access::look;
      if (writes && use.compartment->targeted()) refuse_write(method, use, process);
      if (is_input(use.access)) note_input(*use.compartment);
    }
    for (const Outer& outer : stage.outers) {
      note_input(*outer.pre.compartment);
      note_input(*outer.post.compartment);
    }
  }

  // A wire gives what held when the method began, whatever its stages write.
  for (const Compartment* c : wired) evaluate_before(*c, plan, state, cuts, fresh);
  Kept kept;
  for (const Compartment* c : wired) {
    if (!overtakes(method, *c, cuts)) continue;
    const std::size_t n = c->shape().size();
    float* const copy = plan.scratch.floats(n);
    plan.calls.push_back(
        copy_call(state.words(read_slot(*c, cuts)), reinterpret_cast<State::Word*>(copy), n));
    kept.emplace(c, copy);
  }

  for (const Stage& stage : method.stages())
    plan.calls.push_back(Binder(method, stage, plan, state, cuts, kept).bind());
  for (const Stage& stage : method.stages())
    for (const Use& use : stage.uses)
      if (use.access != Access::read && !use.compartment->targeted())
        fresh.note_write(*use.compartment);
}

void bind_end_of_step(const std::vector<const Wire*>& wires, Plan& plan, State& state) {
  const Cuts& cuts = plan.cuts;
  std::vector<Call> remember, keep;
  for (const Wire* wire : wires) {
    const bool remembers = std::ranges::any_of(
        wire->operations, [](const Operation& o) { return o.type->end_of_step != nullptr; });
    if (wire->delay_slot < 0 && !remembers) continue;
    std::vector<const Wire*> before;
    for (const Compartment* c : wire->source.compartments()) wires_to_evaluate(*c, before, cuts);
    for (const Wire* operand : before)
      append_evaluation(*operand, plan.end_of_step, plan, state, cuts);
    append_evaluation(*wire, plan.end_of_step, plan, state, cuts);

    if (wire->delay_slot >= 0) {
      // All sources are copied aside before any delayed value changes: one may read another.
      const int source = wire->operations.empty() ? read_slot(*wire->source.compartment(), cuts)
                                                  : wire->operations.back().slot;
      const std::size_t n = wire->shape.size();
      State::Word* const aside = plan.scratch.words(n);
      plan.end_of_step.push_back(copy_call(state.words(source), aside, n));
      keep.push_back(copy_call(aside, state.words(wire->delay_slot), n));
    }
    for (std::size_t i = 0; i < wire->operations.size(); ++i) {
      if (wire->operations[i].type->end_of_step == nullptr) continue;
      plan.operations.push_back(bind(*wire, i, state, cuts));
      Call call;
      call.operation = plan.operations.back().get();
      for (const auto& input : call.operation->inputs) call.inputs.push_back(input.values);
      for (const auto& matrix : call.operation->spread) call.inputs.push_back(matrix.held);
      call.inputs.push_back(call.operation->call.memory.values);
      call.outputs = {call.operation->call.memory.values};
      call.kernel = [](const Call& c, const Step&) {
        c.operation->type->end_of_step(c.operation->call);
      };
      remember.push_back(std::move(call));
    }
  }
  // What operators remember is of this step, and so comes before delayed values change.
  for (auto* calls : {&remember, &keep})
    for (Call& call : *calls) plan.end_of_step.push_back(std::move(call));
}

}  // namespace plexus

// Wires: what Context makes, checks, binds and takes away.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "plexus/core/context.h"
#include "plexus/core/flush.h"

namespace plexus {
namespace {

/// The value in a compartment's own slot, wired or not.
Tensor own_value(const Compartment& c) { return context_of(c).state().value(c.slot()); }

/// An expression over compartments' values as `read` gives them. Operators that remember start from 0.
Tensor evaluate_with(const Expression& expression, const std::function<Tensor(const Compartment&)>& read) {
  if (const Compartment* c = expression.compartment()) return read(*c);
  if (expression.type() == nullptr) return {Shape{}, std::vector<float>{expression.number()}};
  const OperatorType& type = *expression.type();
  const auto zeros = [](const Shape& shape) { return Tensor{shape, std::vector<float>(shape.size())}; };
  const std::function<Tensor(const Compartment&)> nothing_yet = [&](const Compartment& c) {
    return zeros(c.shape());
  };
  std::vector<Tensor> operands;
  std::vector<ArrayRef<const float>> inputs;
  std::vector<Shape> shapes;
  for (const Expression& operand : expression.operands())
    operands.push_back(type.looks_back ? evaluate_with(operand, nothing_yet) : evaluate_with(operand, read));
  for (const Tensor& operand : operands) {
    if (operand.dtype() != DType::float32)
      throw Error(Error::Kind::wiring, {}, fmt::format("{} has an operand of type {}", expression.text(),
                                                       to_string(operand.dtype())),
                  "operators take float32 alone");
    inputs.push_back({operand.floats().data(), operand.shape});
    shapes.push_back(operand.shape);
  }
  Tensor result = zeros(type.shape(shapes, expression.arguments()));
  Tensor memory;
  if (type.memory != nullptr) memory = zeros(type.memory(shapes, expression.arguments()));
  const FlushDenormals flush;
  type.evaluate({.inputs = inputs,
                 .output = {result.floats().data(), result.shape},
                 .memory = {type.memory != nullptr ? memory.floats().data() : nullptr, memory.shape},
                 .arguments = expression.arguments(),
                 .function = &expression.function()});
  return result;
}

}  // namespace

void Context::refuse_cycle(const Expression& source, const Compartment& destination) const {
  // Depth first from the source towards what feeds it; the path is kept for the message.
  std::vector<const Compartment*> path;
  const auto visit = [&](auto&& self, const Compartment& c) -> bool {
    path.push_back(&c);
    if (&c == &destination) return true;
    if (c.wire() != nullptr && !c.wire()->delayed)
      for (const Compartment* next : c.wire()->source.present_compartments())
        if (self(self, *next)) return true;
    path.pop_back();
    return false;
  };
  for (const Compartment* start : source.present_compartments()) {
    path.clear();
    if (!visit(visit, *start)) continue;
    std::string hops = destination.label();
    for (const Compartment* c : path) hops += " <- " + c->label();
    throw Error(Error::Kind::wiring, {.path = destination.path()},
                fmt::format("cannot wire {} >> {}: {} would feed itself: {}", source.text(),
                            destination.label(), destination.label(), hops),
                source.compartment() == &destination
                    ? "leave it out: unwired, a compartment keeps its own value"
                    : "mark the wire delayed, so that it gives the value of the step before");
  }
}

void Context::refuse_misfit(const Expression& source, const Shape& from, const Compartment& to,
                            const Shape& into) const {
  const Compartment* plain = source.compartment();
  const DType from_type = plain != nullptr ? plain->options().dtype : DType::float32;
  if (from_type != to.options().dtype)
    throw Error(Error::Kind::shape, {.path = to.path()},
                fmt::format("cannot wire {} ({}) >> {} ({}): the types differ", source.text(),
                            to_string(from_type), to.label(), to_string(to.options().dtype)),
                "wire compartments of one type");
  if (from == into) return;
  const bool same_rank = from.rank() == into.rank();
  const bool same_rows = same_rank && from.rows() == into.rows();
  const bool same_cols = same_rank && from.cols() == into.cols();
  const bool batched = into.rank() == 2 && !to.dims().empty() && to.dims()[0].batch;
  const bool transposed = from.rank() == 2 && same_rank && from[0] == into[1] && from[1] == into[0];
  const auto [what, remedy] =
      same_rows && batched
          ? std::pair{"widths", std::string("give both the same number of units, or Slice or Concatenate")}
      : same_cols && batched
          ? std::pair{"batch sizes", std::string("give both the same batch_size")}
          : std::pair{"shapes", transposed ? fmt::format("the array looks transposed: transpose({}) >> {}",
                                                         source.text(), to.label())
                                           : std::string("give both the same shape")};
  throw Error(Error::Kind::shape, {.path = to.path()},
              fmt::format("cannot wire {} {} >> {} {}: the {} differ", source.text(), to_string(from),
                          to.label(), to_string(into), what),
              remedy);
}

void Context::bind_expression(Wire& wire) {
  wire.operations.clear();
  const auto lower = [&](auto&& self, const Expression& e) -> std::pair<Operation::Operand, Shape> {
    if (Compartment* c = e.compartment()) {
      if (c->options().dtype != DType::float32)
        throw Error(Error::Kind::wiring, {.path = c->path()},
                    fmt::format("{} is no operand: it holds {}", c->label(), to_string(c->options().dtype)),
                    "operators take float32 alone");
      return {{.compartment = c}, c->shape()};
    }
    if (e.type() == nullptr) return {{.number = e.number()}, Shape{}};
    Operation operation{.type = e.type(), .arguments = e.arguments(), .function = e.function()};
    std::vector<Shape> shapes;
    for (const Expression& operand : e.operands()) {
      auto [lowered, shape] = self(self, operand);
      operation.operands.push_back(lowered);
      shapes.push_back(shape);
    }
    operation.shape = e.type()->shape(shapes, operation.arguments);
    operation.slot = root_->state_.add(operation.shape, DType::float32);
    wire.operations.push_back(std::move(operation));  // from here on, release_slots knows of it
    if (e.type()->memory != nullptr)
      wire.operations.back().memory_slot =
          root_->state_.add(e.type()->memory(shapes, wire.operations.back().arguments), DType::float32);
    return {{.operation = static_cast<int>(wire.operations.size()) - 1}, wire.operations.back().shape};
  };
  if (const Compartment* plain = wire.source.compartment()) {
    wire.shape = plain->shape();
    return;
  }
  if (wire.source.type() == nullptr)
    throw Error(Error::Kind::wiring, {.path = wire.destination != nullptr ? wire.destination->path() : path()},
                fmt::format("{} is a number, and no source of a wire", wire.source.text()),
                "set the compartment to it instead");
  wire.shape = lower(lower, wire.source).second;
}

void Context::release_slots(Wire& wire) {
  for (const Operation& operation : wire.operations) {
    root_->state_.remove(operation.slot);
    if (operation.memory_slot >= 0) root_->state_.remove(operation.memory_slot);
  }
  if (wire.delay_slot >= 0) root_->state_.remove(wire.delay_slot);
  wire.operations.clear();
  wire.delay_slot = -1;
}

void Context::wire(const Expression& source, Compartment& destination, const WireOptions& options) {
  const auto fail = [&](Error::Kind kind, const std::string& problem, const std::string& remedy = {}) {
    throw Error(kind, {.path = destination.path()}, problem, remedy);
  };
  bool foreign = &context_of(destination) != root_;
  for (const Compartment* c : source.compartments()) foreign = foreign || &context_of(*c) != root_;
  if (foreign)
    fail(Error::Kind::wiring,
         fmt::format("cannot wire {} >> {}: they belong to different circuits", source.text(),
                     destination.label()),
         "copy the value from one to the other between runs: b.x.set(a.x.value())");
  if (const Wire* old = destination.wire_) {
    const std::string at = old->where.line > 0 ? fmt::format(" at line {}", old->where.line) : "";
    fail(Error::Kind::wiring,
         fmt::format("{} is wired already, from {}{}", destination.label(), old->source.text(), at),
         fmt::format("to add both, write one wire: {} + {} >> {}", old->source.text(), source.text(),
                     destination.label()));
  }
  if (source.compartment() == &destination || !options.delayed) refuse_cycle(source, destination);

  auto made = std::make_unique<Wire>(Wire{.source = source,
                                          .destination = &destination,
                                          .delayed = options.delayed,
                                          .order = root_->wire_count_,
                                          .where = options.where});
  try {
    bind_expression(*made);
    refuse_misfit(source, made->shape, destination, destination.shape());
  } catch (...) {
    release_slots(*made);
    throw;
  }
  ++root_->wire_count_;
  destination.wire_ = made.get();
  root_->wires_.push_back(std::move(made));
  if (options.delayed) ensure_delay(*destination.wire_);
  changed();
}

void Context::rewire(const Expression& source, Compartment& destination, const WireOptions& options) {
  Wire* const old = destination.wire_;
  destination.wire_ = nullptr;
  try {
    wire(source, destination, options);
  } catch (...) {
    destination.wire_ = old;
    throw;
  }
  if (old == nullptr) return;
  Wire* const made = destination.wire_;
  destination.wire_ = old;
  unwire(destination);
  destination.wire_ = made;
}

void Context::unwire(Compartment& destination) {
  Wire* const wire = destination.wire_;
  if (wire == nullptr) return;
  destination.wire_ = nullptr;
  release_slots(*wire);
  std::erase_if(root_->wires_, [&](const auto& w) { return w.get() == wire; });
  changed();
}

void Context::ensure_delay(const Wire& wire) {
  if (wire.delay_slot >= 0) return;
  const DType type = wire.destination != nullptr ? wire.destination->options().dtype : DType::float32;
  const_cast<Wire&>(wire).delay_slot = root_->state_.add(wire.shape, type);
  set_delays({&wire});
}

/// Gives delayed wires their first values: their sources' present ones. Where a source is read through further
/// wires of these, theirs are the first values too; in a loop of them, a destination's own value.
void Context::set_delays(const std::vector<const Wire*>& wires) {
  std::vector<const Wire*> under_way;
  const std::function<Tensor(const Compartment&)> read = [&](const Compartment& c) {
    const Wire* const wire = c.wire();
    if (wire == nullptr || std::ranges::find(under_way, wire) != under_way.end()) return own_value(c);
    if (wire->delayed && std::ranges::find(wires, wire) == wires.end())
      return root_->state_.value(wire->delay_slot);
    under_way.push_back(wire);
    Tensor value = evaluate_with(wire->source, read);
    under_way.pop_back();
    return value;
  };
  std::vector<Tensor> values;
  for (const Wire* wire : wires) {
    under_way = {wire};
    values.push_back(evaluate_with(wire->source, read));
  }
  for (std::size_t i = 0; i < wires.size(); ++i)
    copy_words(values[i], root_->state_.words(wires[i]->delay_slot));
}

void Context::start() {
  if (root_->started_) return;
  root_->started_ = true;
  std::vector<const Wire*> wires;
  for (const auto& wire : root_->wires_)
    if (wire->delay_slot >= 0) wires.push_back(wire.get());
  set_delays(wires);
}

const Wire& Context::probe(const Expression& expression) {
  for (const Compartment* c : expression.compartments())
    if (&context_of(*c) != root_)
      throw Error(Error::Kind::wiring, {.path = c->path()},
                  fmt::format("{} belongs to another circuit than {}", c->label(), path()),
                  "watch it in a process of its own circuit");
  auto made = std::make_unique<Wire>(Wire{.source = expression});
  try {
    bind_expression(*made);
  } catch (...) {
    release_slots(*made);
    throw;
  }
  root_->probes_.push_back(std::move(made));
  changed();
  return *root_->probes_.back();
}

void Context::drop_probe(const Wire& probe) {
  const auto found = std::ranges::find(root_->probes_, &probe, [](const auto& p) { return p.get(); });
  if (found == root_->probes_.end()) return;
  release_slots(**found);
  root_->probes_.erase(found);
  changed();
}

Tensor Context::evaluate(const Expression& expression) {
  return evaluate_with(expression, [](const Compartment& c) { return c.value(); });
}

}  // namespace plexus

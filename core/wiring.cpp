// Wires: what Context makes, binds and takes away.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/context.h"

namespace plexus {

void Context::wire(const Expression& source, Compartment& destination, const WireOptions& options) {
  const auto fail = [&](Error::Kind kind, const std::string& problem,
                        const std::string& remedy = {}) {
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
         fmt::format("to add both, write one wire: {} + {} >> {}", old->source.text(),
                     source.text(), destination.label()));
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

void Context::rewire(const Expression& source, Compartment& destination,
                     const WireOptions& options) {
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

void Context::bind_expression(Wire& wire) {
  wire.operations.clear();
  const auto lower = [&](auto&& self, const Expression& e) -> std::pair<Operation::Operand, Shape> {
    if (Compartment* c = e.compartment()) {
      if (c->options().dtype != DType::float32)
        throw Error(
            Error::Kind::wiring, {.path = c->path()},
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
      wire.operations.back().memory_slot = root_->state_.add(
          e.type()->memory(shapes, wire.operations.back().arguments), DType::float32);
    return {{.operation = static_cast<int>(wire.operations.size()) - 1},
            wire.operations.back().shape};
  };
  if (const Compartment* plain = wire.source.compartment()) {
    wire.shape = plain->shape();
    // A wire gives a whole matrix: one that is held by some of its elements an operator makes
    // whole.
    if (wire.destination != nullptr && plain->pattern() != nullptr)
      lower(lower, plexus::apply("Scale", {wire.source}, {1}));
    return;
  }
  if (wire.source.type() == nullptr)
    throw Error(Error::Kind::wiring,
                {.path = wire.destination != nullptr ? wire.destination->path() : path()},
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
  const auto found =
      std::ranges::find(root_->probes_, &probe, [](const auto& p) { return p.get(); });
  if (found == root_->probes_.end()) return;
  release_slots(**found);
  root_->probes_.erase(found);
  changed();
}

}  // namespace plexus

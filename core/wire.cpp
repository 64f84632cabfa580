#include "plexus/core/wire.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "plexus/core/compartment.h"
#include "plexus/core/context.h"
#include "plexus/core/state.h"

namespace plexus {
namespace {

bool is_late(const Wire& wire, const Cuts& cuts) {
  return wire.delayed || std::ranges::find(cuts, &wire) != cuts.end();
}

}  // namespace

std::string Wire::text() const {
  return fmt::format("{} >> {}", source.text(), destination != nullptr ? destination->label() : "watch");
}

int read_slot(const Compartment& c, const Cuts& cuts) {
  const Wire* wire = c.wire();
  if (wire == nullptr) return c.slot();
  if (is_late(*wire, cuts)) return wire->delay_slot;
  if (!wire->operations.empty()) return wire->operations.back().slot;
  return read_slot(*wire->source.compartment(), cuts);
}

void wires_to_evaluate(const Compartment& c, std::vector<const Wire*>& wires, const Cuts& cuts) {
  const Wire* wire = c.wire();
  if (wire == nullptr || is_late(*wire, cuts)) return;
  for (const Compartment* source : wire->source.compartments()) wires_to_evaluate(*source, wires, cuts);
  if (!wire->operations.empty() && std::ranges::find(wires, wire) == wires.end())
    wires.push_back(wire);
}

std::vector<Compartment*> sources_of(const Compartment& c, const Cuts& cuts) {
  const Wire* wire = c.wire();
  if (wire == nullptr) return {const_cast<Compartment*>(&c)};
  if (is_late(*wire, cuts)) return {};
  std::vector<Compartment*> all;
  for (const Compartment* source : wire->source.present_compartments())
    for (Compartment* leaf : sources_of(*source, cuts)) all.push_back(leaf);
  return all;
}

std::unique_ptr<OperatorBinding> bind(const Wire& wire, std::size_t index, State& state,
                                      const Cuts& cuts) {
  const Operation& operation = wire.operations[index];
  auto binding = std::make_unique<OperatorBinding>();
  binding->type = operation.type;
  for (const auto& operand : operation.operands) binding->numbers.push_back(operand.number);
  for (std::size_t i = 0; i < operation.operands.size(); ++i) {
    const auto& operand = operation.operands[i];
    if (operand.compartment != nullptr)
      binding->inputs.push_back(
          {state.floats(read_slot(*operand.compartment, cuts)), operand.compartment->shape()});
    else if (operand.operation >= 0) {
      const Operation& of = wire.operations[static_cast<std::size_t>(operand.operation)];
      binding->inputs.push_back({state.floats(of.slot), of.shape});
    } else {
      binding->inputs.push_back({&binding->numbers[i], Shape{}});
    }
  }
  binding->call.inputs = binding->inputs;
  binding->call.output = {state.floats(operation.slot), operation.shape};
  if (operation.memory_slot >= 0)
    binding->call.memory = {state.floats(operation.memory_slot),
                            state.slot(operation.memory_slot).shape};
  binding->call.arguments = operation.arguments;
  binding->call.function = &operation.function;
  return binding;
}

void evaluate_for(const Compartment& c) {
  if (c.wire() == nullptr) return;
  std::vector<const Wire*> wires;
  wires_to_evaluate(c, wires);
  State& state = context_of(c).state();
  for (const Wire* wire : wires)
    for (std::size_t i = 0; i < wire->operations.size(); ++i) bind(*wire, i, state)->evaluate();
}

}  // namespace plexus

#include "plexus/core/wire.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "plexus/core/compartment.h"
#include "plexus/core/context.h"
#include "plexus/core/flush.h"
#include "plexus/core/state.h"

namespace plexus {
namespace {

bool is_late(const Wire& wire, const Cuts& cuts) {
  return wire.delayed || cuts.contains(&wire);
}

}  // namespace

std::string Wire::text() const {
  return fmt::format("{} >> {}", source.text(),
                     destination != nullptr ? destination->label() : "watch");
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
  // What an operator that looks back reads is wanted at the end of the step only.
  for (const Compartment* source : wire->source.present_compartments())
    wires_to_evaluate(*source, wires, cuts);
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

namespace {

/// The address of a slot's whole matrix, which `spread` makes where the slot holds but some of it.
const float* whole_of(int slot, const State& state, std::vector<Spreading>& spread) {
  const SharedPattern& pattern = state.slot(slot).pattern;
  if (!pattern) return state.floats(slot);
  spread.push_back(
      {pattern, state.floats(slot), std::make_unique<float[]>(pattern->shape().size())});
  return spread.back().whole.get();
}

template <class AddressOf>
std::unique_ptr<OperatorBinding> bind_at(const Wire& wire, std::size_t index, State& state,
                                         const Cuts& cuts, AddressOf address_of) {
  const Operation& operation = wire.operations[index];
  auto binding = std::make_unique<OperatorBinding>();
  binding->type = operation.type;
  for (const auto& operand : operation.operands) binding->numbers.push_back(operand.number);
  for (std::size_t i = 0; i < operation.operands.size(); ++i) {
    const auto& operand = operation.operands[i];
    if (operand.compartment != nullptr) {
      const int slot = read_slot(*operand.compartment, cuts);
      const bool whole = !state.slot(slot).pattern;
      binding->inputs.push_back({whole ? address_of(slot) : whole_of(slot, state, binding->spread),
                                 operand.compartment->shape()});
    } else if (operand.operation >= 0) {
      const Operation& of = wire.operations[static_cast<std::size_t>(operand.operation)];
      binding->inputs.push_back({address_of(of.slot), of.shape});
    } else {
      binding->inputs.push_back({&binding->numbers[i], Shape{}});
    }
  }
  binding->call.inputs = binding->inputs;
  binding->call.output = {address_of(operation.slot), operation.shape};
  if (operation.memory_slot >= 0)
    binding->call.memory = {state.floats(operation.memory_slot),
                            state.slot(operation.memory_slot).shape};
  binding->call.arguments = operation.arguments;
  binding->call.function = &operation.function;
  return binding;
}

}  // namespace

std::unique_ptr<OperatorBinding> bind(const Wire& wire, std::size_t index, State& state,
                                      const Cuts& cuts) {
  return bind_at(wire, index, state, cuts, [&](int slot) { return state.floats(slot); });
}

Reading::Reading(const Compartment& c, State& state, const Cuts& cuts) {
  std::vector<const Wire*> wires;
  wires_to_evaluate(c, wires, cuts);
  add(wires, read_slot(c, cuts), state, cuts);
}

Reading::Reading(const Wire& probe, State& state, const Cuts& cuts) {
  std::vector<const Wire*> wires;
  for (const Compartment* c : probe.source.compartments()) wires_to_evaluate(*c, wires, cuts);
  wires.push_back(&probe);
  add(wires, probe.operations.back().slot, state, cuts);
}

void Reading::add(const std::vector<const Wire*>& wires, int slot, State& state, const Cuts& cuts) {
  std::map<int, float*> aside;
  for (const Wire* wire : wires)
    for (const Operation& operation : wire->operations) {
      values_.push_back(std::make_unique<float[]>(operation.shape.size()));
      aside[operation.slot] = values_.back().get();
    }
  const auto address_of = [&](int of) {
    const auto found = aside.find(of);
    return found != aside.end() ? found->second : state.floats(of);
  };
  for (const Wire* wire : wires)
    for (std::size_t i = 0; i < wire->operations.size(); ++i)
      operations_.push_back(bind_at(*wire, i, state, cuts, address_of));
  const float* const values =
      state.slot(slot).pattern ? whole_of(slot, state, spread_) : address_of(slot);
  words_ = reinterpret_cast<const State::Word*>(values);
}

const std::uint32_t* Reading::evaluate() const {
  for (const auto& operation : operations_) operation->evaluate();
  for (const Spreading& matrix : spread_) matrix.evaluate();
  return words_;
}

void evaluate_for(const Compartment& c) {
  if (c.wire() == nullptr) return;
  std::vector<const Wire*> wires;
  wires_to_evaluate(c, wires);
  State& state = context_of(c).state();
  const FlushDenormals flush;
  for (const Wire* wire : wires)
    for (std::size_t i = 0; i < wire->operations.size(); ++i) bind(*wire, i, state)->evaluate();
}

}  // namespace plexus

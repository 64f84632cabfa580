#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "plexus/core/error.h"
#include "plexus/core/expression.h"
#include "plexus/core/operator.h"
#include "plexus/core/shape.h"
#include "plexus/core/sparse_pattern.h"

namespace plexus {

class Compartment;
class State;

/// One operator of a wire's expression, with the slot that holds its value.
struct Operation {
  struct Operand {
    Compartment* compartment = nullptr;
    int operation = -1;  // index among the wire's operations
    float number = 0;
  };
  const OperatorType* type = nullptr;
  std::vector<Operand> operands = {};
  std::vector<double> arguments = {};
  std::function<float(float)> function = {};
  Shape shape = {};
  int slot = -1, memory_slot = -1;
};

/// A wire as declared. Read-only for everyone but its context.
struct Wire {
  Expression source;
  Compartment* destination = nullptr;  // null for a probe that only watches
  bool delayed = false;
  int order = 0;                        // of declaration
  Where where{};                        // in the model file, if it came from one
  std::vector<Operation> operations{};  // operands before their users; empty for a plain wire
  Shape shape{};
  int delay_slot = -1;  // holds the source's value at the end of the step before

  /// "W1.outputs + W2.outputs >> z.j".
  [[nodiscard]] std::string text() const;
};

/// A matrix that is held by some of its elements, made whole for who reads it.
struct Spreading {
  SharedPattern pattern;
  const float* held = nullptr;
  std::unique_ptr<float[]> whole;

  void evaluate() const {
    pattern->spread({held, pattern->size()}, {whole.get(), pattern->shape().size()});
  }
};

/// An operation bound to memory, as plans hold it.
struct OperatorBinding {
  const OperatorType* type = nullptr;
  std::vector<ArrayRef<const float>> inputs;
  std::vector<float> numbers;     // operands that are numbers
  std::vector<Spreading> spread;  // operands that are held by some of their elements
  OperatorCall call;

  void evaluate() const {
    for (const Spreading& operand : spread) operand.evaluate();
    type->evaluate(call);
  }
};

/// Wires whose value is taken from the end of the step
/// before, beyond those declared `delayed`: a command's cuts.
using Cuts = std::set<const Wire*>;

/// The slot that reading `c` reads.
int read_slot(const Compartment& c, const Cuts& cuts = {});
/// The wires whose operators must be evaluated before `c` is read, in order.
void wires_to_evaluate(const Compartment& c, std::vector<const Wire*>& wires,
                       const Cuts& cuts = {});
/// The unwired compartments whose values, in this step, reading `c` depends on.
std::vector<Compartment*> sources_of(const Compartment& c, const Cuts& cuts = {});

/// Binds operation `index` of a wire.
std::unique_ptr<OperatorBinding> bind(const Wire& wire, std::size_t index, State& state,
                                      const Cuts& cuts = {});
/// Evaluates everything that reading `c` needs, now.
void evaluate_for(const Compartment& c);

/// A look at a compartment or an expression in the midst of a plan: operators are evaluated aside,
/// so that nothing that the plan holds changes.
class Reading {
 public:
  Reading(const Compartment& c, State& state, const Cuts& cuts);
  Reading(const Wire& probe, State& state, const Cuts& cuts);

  /// The values as they are now. Valid until the layout of the state changes.
  [[nodiscard]] const std::uint32_t* evaluate() const;

 private:
  void add(const std::vector<const Wire*>& wires, int slot, State& state, const Cuts& cuts);

  std::vector<std::unique_ptr<float[]>> values_;
  std::vector<std::unique_ptr<OperatorBinding>> operations_;
  std::vector<Spreading> spread_;
  const std::uint32_t* words_ = nullptr;
};

}  // namespace plexus

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plexus/core/shape.h"

namespace plexus {

/// An array of floats that an operator reads or writes.
template <class T>
struct ArrayRef {
  T* values = nullptr;
  Shape shape;
};

/// One evaluation of an operator.
struct OperatorCall {
  std::span<const ArrayRef<const float>> inputs;
  ArrayRef<float> output;
  ArrayRef<float> memory;             // of operators that remember; else empty
  std::span<const double> arguments;  // in the order of OperatorType::arguments
  const std::function<float(float)>* function = nullptr;
};

/// A number that an operator takes besides its operands: `Scale(a.z, k=2)`.
struct OperatorArgument {
  std::string name;
  std::optional<double> fallback;  // none: must be given
};

/// A kind of wire expression. Users register their own as they register components.
///
/// Evaluated where the destination is first read after a change; an operator that remembers (Delay,
/// Hold) has `memory`, initially zero, which `end_of_step` brings forward once a step.
struct OperatorType {
  std::string name = {}, doc = {};
  std::size_t min_operands = 1, max_operands = 1;
  std::vector<OperatorArgument> arguments = {};
  /// The result's shape. Throws Error (kind shape) if the operands do not fit.
  Shape (*shape)(std::span<const Shape> operands, std::span<const double> arguments) = nullptr;
  void (*evaluate)(const OperatorCall&) = nullptr;
  Shape (*memory)(std::span<const Shape> operands, std::span<const double> arguments) = nullptr;
  void (*end_of_step)(const OperatorCall&) = nullptr;
  bool looks_back = false;  // its value depends on earlier steps alone, so it may close a loop
};

/// Adds an operator, or throws Error if the name is taken.
void register_operator(OperatorType type);
/// The operator of that name (first letter in either case), or nullptr.
const OperatorType* find_operator(const std::string& name);
std::vector<const OperatorType*> operators();

/// The shape that arrays of these shapes have when they are combined element by element: axes are
/// aligned at the end, extents of 1 stretch. Throws Error (shape).
Shape broadcast(std::span<const Shape> shapes);

}  // namespace plexus

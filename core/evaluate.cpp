#include "plexus/core/evaluate.h"

#include <functional>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/flush.h"
#include "plexus/core/operator.h"

namespace plexus::detail {

Tensor evaluate(const Expression& expression,
                const std::function<Tensor(const Compartment&)>& read) {
  if (const Compartment* c = expression.compartment()) return read(*c);
  if (expression.type() == nullptr) return {Shape{}, std::vector<float>{expression.number()}};
  const OperatorType& type = *expression.type();
  const auto zeros = [](const Shape& shape) {
    return Tensor{shape, std::vector<float>(shape.size())};
  };
  const std::function<Tensor(const Compartment&)> nothing_yet = [&](const Compartment& c) {
    return zeros(c.shape());
  };
  std::vector<Tensor> operands;
  std::vector<ArrayRef<const float>> inputs;
  std::vector<Shape> shapes;
  for (const Expression& operand : expression.operands())
    operands.push_back(type.looks_back ? evaluate(operand, nothing_yet) : evaluate(operand, read));
  for (const Tensor& operand : operands) {
    if (operand.dtype() != DType::float32)
      throw Error(Error::Kind::wiring, {},
                  fmt::format("{} has an operand of type {}", expression.text(),
                              to_string(operand.dtype())),
                  "operators take float32 alone");
    inputs.push_back({operand.floats().data(), operand.shape});
    shapes.push_back(operand.shape);
  }
  Tensor result = zeros(type.shape(shapes, expression.arguments()));
  Tensor memory;
  if (type.memory != nullptr) memory = zeros(type.memory(shapes, expression.arguments()));
  const FlushDenormals flush;
  type.evaluate(
      {.inputs = inputs,
       .output = {result.floats().data(), result.shape},
       .memory = {type.memory != nullptr ? memory.floats().data() : nullptr, memory.shape},
       .arguments = expression.arguments(),
       .function = &expression.function()});
  return result;
}

}  // namespace plexus::detail

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace plexus {

class Compartment;
struct OperatorType;

/// What a wire carries: a compartment, or operators over
/// compartments and numbers. A value; cheap to copy.
///
///     (a.outputs + b.outputs) >> c.j;
///     2.F * err.dmu >> W.post;
///     transpose(W.weights) >> E.weights;
///
/// C++ reads a sum before `>>`, as meant, but compilers want it in parentheses (-Wparentheses).
class Expression {
 public:
  Expression(
      Compartment& compartment);  // NOLINT(google-explicit-constructor): operands read as written
  Expression(float number);       // NOLINT(google-explicit-constructor)
  Expression(const OperatorType& type, std::vector<Expression> operands,
             std::vector<double> arguments = {}, std::function<float(float)> function = {});

  [[nodiscard]] Compartment* compartment() const noexcept { return node_->compartment; }
  [[nodiscard]] const OperatorType* type() const noexcept { return node_->type; }
  [[nodiscard]] float number() const noexcept { return node_->number; }
  [[nodiscard]] const std::vector<Expression>& operands() const noexcept { return node_->operands; }
  [[nodiscard]] const std::vector<double>& arguments() const noexcept { return node_->arguments; }
  [[nodiscard]] const std::function<float(float)>& function() const noexcept {
    return node_->function;
  }
  /// "Summation(W1.outputs, W2.outputs)", as model files spell it.
  [[nodiscard]] std::string text() const;
  /// Every compartment in it, left to right.
  [[nodiscard]] std::vector<Compartment*> compartments() const;
  /// Those whose values of this step count: without
  /// the operands of operators that look back (Delay).
  [[nodiscard]] std::vector<Compartment*> present_compartments() const;

 private:
  struct Node {
    Compartment* compartment = nullptr;
    float number = 0;
    const OperatorType* type = nullptr;
    std::vector<Expression> operands = {};
    std::vector<double> arguments = {};
    std::function<float(float)> function = {};
  };
  std::shared_ptr<const Node> node_;
};

Expression operator+(const Expression& a, const Expression& b);
Expression operator-(const Expression& a, const Expression& b);
Expression operator*(const Expression& a, const Expression& b);
Expression operator-(const Expression& a);
Expression transpose(const Expression& a);
/// An operator by its registered name. Throws Error: config,
/// for an unknown name or a wrong number of operands.
Expression apply(const std::string& name, std::vector<Expression> operands,
                 std::vector<double> arguments = {});
/// f, element by element.
Expression function(std::function<float(float)> f, const Expression& a);

/// A source that is read as it was at the end of the step before: `delayed(z2.s) >> W1.inputs`.
struct Delayed {
  Expression source;
};
inline Delayed delayed(Expression source) {
  return {std::move(source)};
}

/// Wires a source to a compartment. No copy: from now on the destination *is* the source's present
/// value. Throws Error: wiring, if the destination is wired already (`Context::rewire` replaces) or
/// would feed itself; shape, if the shapes differ.
void operator>>(const Expression& source, Compartment& destination);
void operator>>(const Delayed& source, Compartment& destination);

}  // namespace plexus

#pragma once

#include <string>

#include "plexus/compilers/model/node.h"

namespace plexus::model::detail {

/// Operations of two numbers, with Python's meaning: integers of 64 bits, and reals.
enum class Operation : char { add, subtract, multiply, divide, floor, modulo, power };

/// What an operation gives, or why it gives nothing.
struct Outcome {
  Scalar value;
  std::string problem;  // "" if there is a value
};

bool is_number(const Scalar& value);

// Each takes numbers.
Outcome operate(Operation operation, const Scalar& a, const Scalar& b);
Outcome negate(const Scalar& a);

}  // namespace plexus::model::detail

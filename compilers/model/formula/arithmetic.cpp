#include "plexus/compilers/model/formula/arithmetic.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace plexus::model::detail {
namespace {

const char* const kBeyond = "the integer does not fit 64 bits";
const char* const kNotFinite = "the result is not finite";
const char* const kByZero = "division by zero";

double as_real(const Scalar& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer ? static_cast<double>(*integer) : std::get<double>(value);
}

Outcome integer_power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  while (exponent > 0) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) return {{}, kBeyond};
    exponent >>= 1;
    if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) return {{}, kBeyond};
  }
  return {result, {}};
}

/// Python's floor division and remainder of reals: the remainder has the divisor's sign.
std::pair<double, double> floor_divide(double a, double b) {
  double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0) {
    if ((b < 0) != (remainder < 0)) {
      remainder += b;
      quotient -= 1;
    }
  } else {
    remainder = std::copysign(0.0, b);
  }
  if (quotient == 0) return {std::copysign(0.0, a / b), remainder};
  const double floor = std::floor(quotient);
  return {quotient - floor > 0.5 ? floor + 1 : floor, remainder};
}

Outcome integer_operation(Operation operation, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (operation) {
    case Operation::add:
      return __builtin_add_overflow(a, b, &result) ? Outcome{{}, kBeyond} : Outcome{result, {}};
    case Operation::subtract:
      return __builtin_sub_overflow(a, b, &result) ? Outcome{{}, kBeyond} : Outcome{result, {}};
    case Operation::multiply:
      return __builtin_mul_overflow(a, b, &result) ? Outcome{{}, kBeyond} : Outcome{result, {}};
    case Operation::floor:
      if (b == 0) return {{}, kByZero};
      if (b == -1)
        return __builtin_sub_overflow(std::int64_t{0}, a, &result) ? Outcome{{}, kBeyond}
                                                                   : Outcome{result, {}};
      return {a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0), {}};
    case Operation::modulo: {
      if (b == 0) return {{}, kByZero};
      if (b == -1) return {std::int64_t{0}, {}};
      const std::int64_t remainder = a % b;
      return {remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder, {}};
    }
    default: return integer_power(a, b);
  }
}

Outcome real_operation(Operation operation, double a, double b) {
  double result = 0;
  switch (operation) {
    case Operation::add: result = a + b; break;
    case Operation::subtract: result = a - b; break;
    case Operation::multiply: result = a * b; break;
    case Operation::divide:
      if (b == 0) return {{}, kByZero};
      result = a / b;
      break;
    case Operation::floor:
      if (b == 0) return {{}, kByZero};
      result = floor_divide(a, b).first;
      break;
    case Operation::modulo:
      if (b == 0) return {{}, kByZero};
      result = floor_divide(a, b).second;
      break;
    default:
      if (a == 0 && b < 0) return {{}, kByZero};
      if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::trunc(b))
        return {{}, "a broken power of a negative number is no real number"};
      result = std::pow(a, b);
  }
  if (!std::isfinite(result) && std::isfinite(a) && std::isfinite(b)) return {{}, kNotFinite};
  return {result, {}};
}

}  // namespace

bool is_number(const Scalar& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

Outcome operate(Operation operation, const Scalar& a, const Scalar& b) {
  const auto* m = std::get_if<std::int64_t>(&a);
  const auto* n = std::get_if<std::int64_t>(&b);
  const bool integers =
      m && n && operation != Operation::divide && !(operation == Operation::power && *n < 0);
  return integers ? integer_operation(operation, *m, *n)
                  : real_operation(operation, as_real(a), as_real(b));
}

Outcome negate(const Scalar& a) {
  if (const auto* integer = std::get_if<std::int64_t>(&a)) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, *integer, &result)) return {{}, kBeyond};
    return {result, {}};
  }
  return {-std::get<double>(a), {}};
}

}  // namespace plexus::model::detail

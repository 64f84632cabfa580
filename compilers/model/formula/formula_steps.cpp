// What the parser of formulas makes of them, step by step.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/formula/formula_parser.h"

namespace plexus::model::detail {
namespace {

constexpr std::size_t kMostSteps = 1000;  // of one formula

}  // namespace

bool FormulaParser::push(Formula::Step step) {
  if (formula_.steps_.size() >= kMostSteps) return refuse(0, 1, "the arithmetic is too long");
  formula_.steps_.push_back(std::move(step));
  return true;
}

/// The last `n` steps, as far as they are plain values, must be numbers.
bool FormulaParser::need_numbers(std::size_t n) {
  const auto& steps = formula_.steps_;
  for (std::size_t k = steps.size() - std::min(n, steps.size()); k < steps.size(); ++k)
    if (steps[k].code == Code::push && !is_number(steps[k].value)) {
      diagnostics().error(steps[k].place,
                          fmt::format("arithmetic needs numbers, but this parameter is {}",
                                      Node{{}, steps[k].value}.summary()),
                          "such a parameter can only stand alone: $(name)");
      return false;
    }
  return true;
}

bool FormulaParser::settle(Outcome outcome, std::size_t operands, std::size_t at,
                           std::size_t length) {
  if (!outcome.problem.empty()) return refuse(at, length, outcome.problem);
  auto& steps = formula_.steps_;
  const Place place = steps[steps.size() - operands].place;
  steps.resize(steps.size() - operands);
  return push({Code::push, std::move(outcome.value), place});
}

bool FormulaParser::apply(Operation operation, std::size_t at, std::size_t length) {
  if (!need_numbers(2)) return false;
  const auto& steps = formula_.steps_;
  const auto& a = steps[steps.size() - 2];
  const auto& b = steps.back();
  if (a.code == Code::push && b.code == Code::push)
    return settle(operate(operation, a.value, b.value), 2, at, length);
  return push({Code::operate, {}, place(at, length), operation});
}

bool FormulaParser::apply_negate(std::size_t at) {
  if (!need_numbers(1)) return false;
  const auto& operand = formula_.steps_.back();
  if (operand.code == Code::push) return settle(negate(operand.value), 1, at, 1);
  return push({Code::negate, {}, place(at, 1)});
}

}  // namespace plexus::model::detail

#include "plexus/compilers/model/formula/formula.h"

#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/formula/formula_parser.h"

namespace plexus::model {

std::optional<Formula> Formula::parse(std::string_view text, const Placer& placer,
                                      const Scope& scope, Diagnostics& diagnostics) {
  return detail::FormulaParser(text, placer, scope, diagnostics).run();
}

Scalar Formula::at(std::int64_t turn) const {
  std::vector<Scalar> stack;
  const auto settle = [&](detail::Outcome outcome, std::size_t operands, const Step& step) {
    if (!outcome.problem.empty()) {
      const Source* source = step.place.source;
      throw Error(Error::Kind::config,
                  {source ? source->file() : "", step.place.line, step.place.column, {}},
                  fmt::format("{} in turn i = {}", outcome.problem, turn));
    }
    stack.resize(stack.size() - operands);
    stack.push_back(std::move(outcome.value));
  };
  for (const Step& step : steps_) {
    if (step.code == Step::Code::push)
      stack.push_back(step.value);
    else if (step.code == Step::Code::turn)
      stack.emplace_back(turn);
    else if (step.code == Step::Code::negate)
      settle(detail::negate(stack.back()), 1, step);
    else
      settle(detail::operate(step.operation, stack[stack.size() - 2], stack.back()), 2, step);
  }
  assert(stack.size() == 1);
  return stack.back();
}

}  // namespace plexus::model

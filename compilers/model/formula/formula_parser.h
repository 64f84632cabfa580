#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "plexus/compilers/model/formula/formula.h"
#include "plexus/compilers/model/scanner.h"

namespace plexus::model::detail {

/// Recursive descent; each operation is folded as soon as its operands are known.
class FormulaParser : private Scanner {
 public:
  FormulaParser(std::string_view text, const Placer& placer, const Scope& scope,
                Diagnostics& diagnostics)
      : Scanner(text, placer, diagnostics), scope_(scope) {}

  std::optional<Formula> run();

 private:
  using Code = Formula::Step::Code;

  std::nullopt_t unexpected();
  bool sum();
  bool product();
  bool factor();
  bool power();
  bool primary();
  [[nodiscard]] std::size_t name_length() const;
  bool number();
  bool name(std::string_view name);
  bool push(Formula::Step step);
  bool need_numbers(std::size_t n);
  bool settle(Outcome outcome, std::size_t operands, std::size_t at, std::size_t length);
  bool apply(Operation operation, std::size_t at, std::size_t length);
  bool apply_negate(std::size_t at);

  const Scope& scope_;
  Formula formula_;
  int depth_ = 0;
};

}  // namespace plexus::model::detail

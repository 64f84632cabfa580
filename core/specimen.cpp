#include "plexus/core/specimen.h"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/component.h"
#include "plexus/core/log.h"

namespace plexus::detail {
namespace {

void fill(const Parameter& p) {
  if (!p.missing()) return;
  if (auto* const* number = std::get_if<int*>(&p.target)) **number = 2;
  if (auto* const* number = std::get_if<float*>(&p.target)) **number = 1;
  if (auto* const* numbers = std::get_if<Tensor*>(&p.target)) **numbers = Numbers(1);
  if (auto* const* shape = std::get_if<Shape*>(&p.target)) **shape = small_shape(p);
}

std::vector<std::string> names_with(const Method& method, bool (*wanted)(Access)) {
  std::vector<std::string> names;
  for (const Use& use : method.uses())
    if (wanted(use.access) && use.compartment->role() != Role::internal)
      names.push_back(use.compartment->owner().parent() == nullptr
                          ? use.compartment->name()
                          : use.compartment->owner().name() + "." + use.compartment->name());
  return names;
}

}  // namespace

Specimen::Specimen(const ComponentType& type)
    : context_("specimen", {.seed = 0}), parameters_(type.parameters()) {
  Parameters described = parameters_->describe();
  for (const Parameter& p : described.all()) fill(p);
  const LogLevel before = set_log_level(LogLevel::off);
  component_ = &context_.add(type, "x", std::move(parameters_));
  set_log_level(before);
}
MethodUses::MethodUses(const Method& m)
    : reads(names_with(m, [](Access a) { return a == Access::read; })),
      updates(names_with(m, [](Access a) { return a == Access::update; })),
      writes(names_with(m, [](Access a) { return a == Access::write || a == Access::publish; })),
      clears(names_with(m, [](Access a) { return a == Access::clear; })) {}

Shape small_shape(const Parameter& p) {
  Shape shape;
  for (auto more = std::ranges::count(p.example, ','); more > 1; --more) shape.push_back(2);
  shape.push_back(4);
  shape.push_back(3);
  return shape;
}

std::string symbolic_shape(const Dims& dims) {
  std::vector<std::string> symbols;
  for (const Dim& dim : dims)
    symbols.push_back(*dim.symbol != 0 ? dim.symbol : std::to_string(dim.extent));
  return fmt::format("({})", fmt::join(symbols, ", "));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

}  // namespace plexus::detail

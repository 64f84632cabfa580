// Wires.
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/builder.h"
#include "plexus/compilers/model/values.h"

namespace plexus::model {

/// "lgn `n_units: 96` (line 9)": the parameter that gives
/// compartment `c` another width; empty if none is known.
std::string Builder::suggestion(const Component& component, const Compartment& c,
                                std::int64_t width) const {
  const auto lines = lines_.find(&component);
  if (component.parameters() == nullptr || lines == lines_.end()) return {};
  Parameters parameters = component.parameters()->describe();
  const auto line = [&](const std::string& parameter) {
    const auto found = lines->second.find(parameter);
    return found != lines->second.end() ? found->second : lines->second.at("");
  };
  if (const Parameter* p = parameters.find("n_units"))
    if (const auto* n = std::get_if<int*>(&p->target); n != nullptr && **n == c.shape().cols())
      return fmt::format("{} `n_units: {}` (line {})", component.name(), width, line("n_units"));
  if (const Parameter* p = parameters.find("shape"))
    if (const auto* shape = std::get_if<Shape*>(&p->target);
        shape != nullptr && (*shape)->rank() == 2) {
      Shape wanted = **shape;
      const std::string_view symbol = c.dims().empty() ? "" : c.dims().back().symbol;
      wanted[symbol == "n_pre" ? 0 : 1] = width;
      return fmt::format("{} `shape: [{}, {}]` (line {})", component.name(), wanted[0], wanted[1],
                         line("shape"));
    }
  return {};
}

std::string Builder::misfit_remedy(const plexus::Expression& source, const Compartment& to) const {
  const Compartment* from = source.compartment();
  if (from == nullptr || from->shape().rank() != to.shape().rank()) return {};
  if (from->shape().rows() != to.shape().rows() && from->shape().cols() == to.shape().cols())
    return "give both the same batch_size";
  const std::string one = suggestion(from->owner(), *from, to.shape().cols());
  const std::string other = suggestion(to.owner(), to, from->shape().cols());
  if (one.empty() && other.empty()) return {};
  if (one.empty() || other.empty()) return "give " + one + other;
  return fmt::format("give {}, or {}", one, other);
}

void Builder::add_wire(const WireSyntax& syntax) {
  Compartment* destination = compartment(syntax.destination);
  const auto source = expression(syntax.source, 0);
  if (destination == nullptr || !source) return;
  try {
    context_.wire(*source, *destination, {syntax.delayed, where(syntax.place)});
    outermost_->wires_[destination->wire()] = syntax.place;
  } catch (const Error& error) {
    // Of a misfit the file knows more: which parameters, on which lines, would mend it.
    const std::string better =
        error.kind() == Error::Kind::shape ? misfit_remedy(*source, *destination) : std::string{};
    diagnostics_.error(syntax.place, error.problem(), better.empty() ? error.remedy() : better);
  }
}

Place Builder::place_of(const Wire* wire) const {
  const auto found = outermost_->wires_.find(wire);
  return found == outermost_->wires_.end() ? Place{} : found->second;
}

}  // namespace plexus::model

// Delayed wires: where their values are kept, and what they give first.
#include <algorithm>
#include <functional>
#include <variant>

#include "plexus/core/context.h"
#include "plexus/core/evaluate.h"

namespace plexus {

void Context::ensure_delay(const Wire& wire) {
  if (wire.delay_slot >= 0) return;
  const DType type =
      wire.destination != nullptr ? wire.destination->options().dtype : DType::float32;
  const_cast<Wire&>(wire).delay_slot = root_->state_.add(wire.shape, type);
  set_delays({&wire});
}

/// Gives delayed wires their first values: their sources' present ones.
/// Where a source is read through further wires of these, theirs are
/// the first values too; in a loop of them, a destination's own value.
void Context::set_delays(const std::vector<const Wire*>& wires) {
  std::vector<const Wire*> under_way;
  const std::function<Tensor(const Compartment&)> read = [&](const Compartment& c) {
    const Wire* const wire = c.wire();
    if (wire == nullptr || std::ranges::find(under_way, wire) != under_way.end())
      return c.own_value();
    if (wire->delayed && std::ranges::find(wires, wire) == wires.end())
      return root_->state_.value(wire->delay_slot);
    under_way.push_back(wire);
    Tensor value = detail::evaluate(wire->source, read);
    under_way.pop_back();
    return value;
  };
  std::vector<Tensor> values;
  for (const Wire* wire : wires) {
    under_way = {wire};
    values.push_back(detail::evaluate(wire->source, read));
  }
  for (std::size_t i = 0; i < wires.size(); ++i)
    copy_words(values[i], root_->state_.words(wires[i]->delay_slot));
}

void Context::start() {
  if (root_->started_) return;
  root_->started_ = true;
  std::vector<const Wire*> wires;
  for (const auto& wire : root_->wires_)
    if (wire->delay_slot >= 0) wires.push_back(wire.get());
  set_delays(wires);
}

Tensor Context::evaluate(const Expression& expression) {
  return detail::evaluate(expression, [](const Compartment& c) { return c.value(); });
}

}  // namespace plexus

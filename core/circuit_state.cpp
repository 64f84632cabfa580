// The values of a circuit as a whole: snapshots, values by path, the batch size, the seed.
#include <algorithm>

#include <fmt/format.h>

#include "plexus/core/context.h"
#include "plexus/core/random/key.h"

namespace plexus {
namespace {

template <class F>
void for_each_compartment(const Context& context, F f) {
  const auto visit = [&](auto&& self, const Component& component) -> void {
    for (Compartment* c : component.compartments()) f(*c);
    for (const Component* part : component.parts()) self(self, *part);
  };
  for (const Component* component : context.all_components()) visit(visit, *component);
}

}  // namespace

Snapshot Context::snapshot() const {
  const auto words = state().all();
  return {{words.begin(), words.end()}, state().moves()};
}

void Context::restore(const Snapshot& snapshot) {
  // Slots that came since lie behind all others. Those
  // of wires' delays are made when plans are compiled.
  const auto is_new = [&](int slot) {
    return slot >= 0 && state().slot(slot).offset >= snapshot.words.size();
  };
  bool fits = snapshot.moves == state().moves();
  for_each_compartment(*root_, [&](const Compartment& c) { fits = fits && !is_new(c.slot()); });
  if (!fits)
    throw Error(
        Error::Kind::shape, {.path = path()},
        fmt::format("{}: the snapshot is of another layout: components, wires or the batch size "
                    "have changed since",
                    root_->name_),
        "take the snapshot after building, or use values() and merge()");
  std::ranges::copy(snapshot.words, state().all().begin());
  std::vector<const Wire*> delays;
  for (const auto& wire : root_->wires_)
    if (is_new(wire->delay_slot)) delays.push_back(wire.get());
  set_delays(delays);
}

StateMap Context::values() const {
  StateMap all;
  for_each_compartment(*this, [&](Compartment& c) { all.emplace(c.path(), c.own_value()); });
  return all;
}

void Context::merge(const StateMap& values) {
  for (const auto& [key, tensor] : values) {
    const Compartment& c = compartment(key);
    if (tensor.shape != c.shape() || tensor.dtype() != c.options().dtype)
      throw Error(
          Error::Kind::shape, {.path = key},
          fmt::format("{}: got {} {}, expected {} {}", key, to_string(tensor.dtype()),
                      to_string(tensor.shape), to_string(c.options().dtype), to_string(c.shape())));
  }
  for (const auto& [key, tensor] : values) {
    Compartment& c = compartment(key);
    if (c.pattern() != nullptr)
      c.hold(tensor.floats());
    else
      copy_words(tensor, c.own_words().data());
    c.given_ = true;
  }
}

bool Context::has_key(std::string_view key) const {
  bool found = false;
  for_each_compartment(*this, [&](const Compartment& c) { found = found || c.path() == key; });
  return found;
}

void Context::resize_batch(Component& component, int batch_size) {
  component.batch_size_ = batch_size;
  if (component.parameters_) {
    Parameters described = component.parameters_->describe();
    if (const Parameter* p = described.find("batch_size")) *std::get<int*>(p->target) = batch_size;
  }
  for (Compartment* c : component.compartments_) {
    Shape shape = c->shape();
    int axis = -1;
    for (std::size_t i = 0; i < c->dims_.size(); ++i) {
      if (!c->dims_[i].batch) continue;
      axis = static_cast<int>(i);
      c->dims_[i].extent = shape[i] = batch_size;
    }
    if (axis >= 0) state().resize(c->slot(), shape, axis);
  }
  for (Component* part : component.parts()) resize_batch(*part, batch_size);
}

void Context::widen(Compartment& c, std::int64_t columns) {
  Shape shape = c.shape();
  const std::int64_t before = shape.cols();
  const auto last = static_cast<int>(shape.rank()) - 1;
  c.dims_.back().extent = shape[shape.rank() - 1] = before + columns;
  state().resize(c.slot(), shape, last);
  for (std::int64_t i = 0; i < shape.rows(); ++i)
    std::fill_n(c.own_values().begin() + i * shape.cols() + before, columns, c.options().initial);
}

void Component::widen(std::initializer_list<Compartment*> compartments, int n) {
  Context& root = context_->root();
  for (Compartment* c : compartments) {
    const auto reads = [c](const auto& wire) {
      const auto sources = wire->source.compartments();
      return wire->destination == c || std::ranges::find(sources, c) != sources.end();
    };
    for (const auto* list : {&root.wires_, &root.probes_}) {
      const auto wire = std::ranges::find_if(*list, reads);
      if (wire != list->end())
        throw Error(Error::Kind::wiring, {.path = c->path()},
                    fmt::format("{}: {} cannot grow: it is wired: {}", root.name(), c->label(),
                                (*wire)->text()),
                    "take the wire away, grow, and wire again what fits");
    }
  }
  for (Compartment* c : compartments) root.widen(*c, n);
  if (parameters_ != nullptr) {
    Parameters described = parameters_->describe();
    if (const Parameter* p = described.find("shape")) (**std::get_if<Shape*>(&p->target))[1] += n;
  }
  root.changed();
}

void Context::set_batch_size(int batch_size) {
  if (batch_size < 1)
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("{}: batch size {}; expected an integer > 0", path(), batch_size),
                "give the number of samples side by side");
  const std::vector<Component*> components = all_components();
  const auto shape_then = [&](const Compartment& c) {
    Shape shape = c.shape();
    const Component* outermost = &c.owner();
    while (outermost->parent() != nullptr) outermost = outermost->parent();
    if (std::ranges::find(components, outermost) != components.end())
      for (std::size_t i = 0; i < c.dims_.size(); ++i)
        if (c.dims_[i].batch) shape[i] = batch_size;
    return shape;
  };
  const auto shape_of = [&](auto&& self, const Expression& e) -> Shape {
    if (const Compartment* c = e.compartment()) return shape_then(*c);
    if (e.type() == nullptr) return {};
    std::vector<Shape> shapes;
    for (const Expression& operand : e.operands()) shapes.push_back(self(self, operand));
    return e.type()->shape(shapes, e.arguments());
  };
  for (const auto& wire : root_->wires_)
    refuse_misfit(wire->source, shape_of(shape_of, wire->source), *wire->destination,
                  shape_then(*wire->destination));
  for (const auto& probe : root_->probes_) static_cast<void>(shape_of(shape_of, probe->source));

  for (Component* component : components) resize_batch(*component, batch_size);
  rebind_wires();
  changed();
}

void Context::rebind_wires() {
  for (const auto* list : {&root_->wires_, &root_->probes_})
    for (const auto& wire : *list) {
      release_slots(*wire);
      bind_expression(*wire);
    }
  for (const auto& wire : root_->wires_)
    if (wire->delayed) ensure_delay(*wire);
  root_->started_ = false;
}

namespace {

/// Gives a component and its parts the keys of another of the same make.
void take_keys(Component& to, const Component& from) {
  to.key.set(from.key.key());
  for (std::size_t i = 0; i < to.parts().size(); ++i) take_keys(*to.parts()[i], *from.parts()[i]);
}

}  // namespace

void Context::reseed(std::uint32_t seed) {
  root_->seed_ = seed;
  Context aside("specimen", {.seed = seed});
  for (Component* component : root_->all_components()) {
    if (!component->child_) continue;
    const Component::Setup setup{.context = aside,
                                 .name = component->name(),
                                 .key = split_at(Key::from_seed(seed), *component->child_),
                                 .batch_size = component->batch_size(),
                                 .type = component->type_};
    take_keys(*component, *component->type_->make(setup, *component->parameters_));
  }
}

}  // namespace plexus

#include "plexus/core/context.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <functional>
#include <random>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/flush.h"
#include "plexus/core/log.h"
#include "plexus/core/random/key.h"

namespace plexus {
namespace {

bool is_name(std::string_view name) {
  const auto letter = [](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; };
  return !name.empty() && letter(static_cast<unsigned char>(name[0])) &&
         std::ranges::all_of(name, [&](unsigned char c) { return letter(c) || std::isdigit(c) != 0; });
}

/// The outermost context's name only heads paths: "orientation-2" will do.
bool is_circuit_name(std::string_view name) {
  return !name.empty() && std::ranges::none_of(name, [](unsigned char c) {
    return c == ':' || c == '.' || c == '/' || c == '\\' || std::isspace(c) != 0 || std::iscntrl(c) != 0;
  });
}

std::uint32_t drawn_seed() { return std::random_device{}(); }

/// One Error for all problems of a component's parameters.
void refuse(const std::vector<ParameterProblem>& problems, const std::string& path) {
  if (problems.empty()) return;
  if (problems.size() == 1)
    throw Error(Error::Kind::config, {.path = path + ":" + problems[0].parameter},
                problems[0].problem, problems[0].remedy);
  std::vector<std::string> texts;
  for (const auto& p : problems) texts.push_back(fmt::format("{}\n  {}", p.problem, p.remedy));
  throw Error(Error::Kind::config, {.path = path}, fmt::format("{}", fmt::join(texts, "\n")));
}

bool within(const Component& component, const Component& owner) {
  for (const Component* c = &component; c != nullptr; c = c->parent())
    if (c == &owner) return true;
  return false;
}

Tensor tensor_of(const State& state, int slot) {
  const State::Slot& s = state.slot(slot);
  const auto as = [&]<class T>(std::vector<T> out) {
    out.resize(s.shape.size());
    std::memcpy(out.data(), state.words(slot), out.size() * sizeof(T));
    return out;
  };
  switch (s.dtype) {
    case DType::float32: return {s.shape, as(std::vector<float>{})};
    case DType::uint32: return {s.shape, as(std::vector<std::uint32_t>{})};
    case DType::int32: return {s.shape, as(std::vector<std::int32_t>{})};
  }
  return {};
}

/// The value in a compartment's own slot, wired or not.
Tensor own_value(const Compartment& c) { return tensor_of(context_of(c).state(), c.slot()); }

/// An expression over compartments' values as `read` gives them. Operators that remember start from 0.
Tensor evaluate_with(const Expression& expression, const std::function<Tensor(const Compartment&)>& read) {
  if (const Compartment* c = expression.compartment()) return read(*c);
  if (expression.type() == nullptr) return {Shape{}, std::vector<float>{expression.number()}};
  const OperatorType& type = *expression.type();
  const auto zeros = [](const Shape& shape) { return Tensor{shape, std::vector<float>(shape.size())}; };
  const std::function<Tensor(const Compartment&)> nothing_yet = [&](const Compartment& c) {
    return zeros(c.shape());
  };
  std::vector<Tensor> operands;
  std::vector<ArrayRef<const float>> inputs;
  std::vector<Shape> shapes;
  for (const Expression& operand : expression.operands())
    operands.push_back(type.looks_back ? evaluate_with(operand, nothing_yet) : evaluate_with(operand, read));
  for (const Tensor& operand : operands) {
    if (operand.dtype() != DType::float32)
      throw Error(Error::Kind::wiring, {}, fmt::format("{} has an operand of type {}", expression.text(),
                                                       to_string(operand.dtype())),
                  "operators take float32 alone");
    inputs.push_back({operand.floats().data(), operand.shape});
    shapes.push_back(operand.shape);
  }
  Tensor result = zeros(type.shape(shapes, expression.arguments()));
  Tensor memory;
  if (type.memory != nullptr) memory = zeros(type.memory(shapes, expression.arguments()));
  const FlushDenormals flush;
  type.evaluate({.inputs = inputs,
                 .output = {result.floats().data(), result.shape},
                 .memory = {type.memory != nullptr ? memory.floats().data() : nullptr, memory.shape},
                 .arguments = expression.arguments(),
                 .function = &expression.function()});
  return result;
}

}  // namespace

Context& context_of(const Compartment& compartment) { return compartment.owner().context().root(); }

Context::Context(std::string name, Options options) : name_(std::move(name)) {
  if (!is_circuit_name(name_))
    throw Error(Error::Kind::config, {}, fmt::format("'{}' is no name for a context", name_),
                "use letters, digits, _ and -");
  if (options.memory_limit) state_.set_limit(*options.memory_limit);
  seed_ = options.seed ? *options.seed : drawn_seed();
  if (!options.seed) log_info("{}: no seed given, drew {}; the seed {} repeats this run", name_, seed_, seed_);
}

Context::Context(std::string name) : Context(std::move(name), Options{}) {}

Context::Context(std::string name, Context& parent)
    : name_(std::move(name)), parent_(&parent), root_(parent.root_) {}

Context::~Context() {
  if (root_ == this) closing_ = true;
}

std::string Context::path() const {
  return parent_ == nullptr ? name_ : parent_->path() + ":" + name_;
}

std::string Context::taken_by(std::string_view name) const {
  for (const auto& c : components_)
    if (c->name() == name) return fmt::format("a component ({})", c->type().name);
  for (const auto& c : contexts_)
    if (c->name() == name) return "a context";
  return {};
}

void Context::check_free(const std::string& name) const {
  if (!is_name(name))
    throw Error(Error::Kind::config, {.path = path()}, fmt::format("'{}' is no name for a component", name),
                "use letters, digits and _, without a leading digit");
  if (const std::string taken = taken_by(name); !taken.empty())
    throw Error(Error::Kind::config, {.path = path() + ":" + name},
                fmt::format("{}:{} exists already: it is {}", path(), name, taken),
                "give the new one another name, or remove the old one first");
}

Component& Context::add(const ComponentType& type, std::string name,
                        std::unique_ptr<ParameterSet> parameters, std::optional<Key> key) {
  check_free(name);
  Parameters described = parameters->describe();
  refuse(described.problems(std::string(type.name), name), path() + ":" + name);

  Component::Setup setup{.context = *this, .name = name, .type = &type};
  setup.key = key ? *key : split_at(Key::from_seed(root_->seed_), root_->added_);
  if (const Parameter* p = described.find("batch_size")) setup.batch_size = *std::get<int*>(p->target);
  std::unique_ptr<Component> made = type.make(setup, *parameters);
  made->parameters_ = std::move(parameters);
  if (!key) made->child_ = root_->added_;

  components_.push_back(std::move(made));
  declared_.emplace_back(components_.back().get());
  ++root_->added_;
  changed();
  return *components_.back();
}

void Context::remove(std::string_view name) {
  std::vector<Component*> going;
  std::vector<Context*> closing;
  const auto component = std::ranges::find(components_, name, [](const auto& c) { return std::string_view(c->name()); });
  const auto nested = std::ranges::find(contexts_, name, [](const auto& c) { return std::string_view(c->name()); });
  if (component != components_.end())
    going.push_back(component->get());
  else if (nested != contexts_.end()) {
    (*nested)->collect(going);
    closing = (*nested)->contexts();
  } else {
    static_cast<void>(this->component(name));  // throws, with the nearest name
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("{} is no component of {} itself", name, path()), "remove it where it was added");
  }

  const auto goes = [&](const Compartment* c) {
    return c != nullptr && std::ranges::any_of(going, [&](Component* g) { return within(c->owner(), *g); });
  };
  std::vector<Wire*> inner;
  for (const auto& wire : root_->wires_) {
    const bool to = goes(wire->destination);
    const bool from = std::ranges::any_of(wire->source.compartments(), goes);
    if (from && !to)
      throw Error(Error::Kind::wiring, {.path = path()},
                  fmt::format("cannot remove {}: {} uses it", name, wire->text()), "take the wire away first");
    if (to) inner.push_back(wire.get());
  }
  for (Context* context : root_->contexts()) {
    if (std::ranges::find(closing, context) != closing.end()) continue;
    for (const auto& process : context->processes_)
      if (const std::string use = process->use_of(goes, closing); !use.empty())
        throw Error(Error::Kind::schedule, {.path = path()},
                    fmt::format("cannot remove {}: process '{}' {}", name, process->name(), use),
                    "remove it before processes use it, or build the circuit without it");
  }
  for (Wire* wire : inner) unwire(*wire->destination);
  if (component != components_.end()) {
    std::erase_if(declared_, [&](const auto& d) {
      const auto* c = std::get_if<Component*>(&d);
      return c != nullptr && *c == component->get();
    });
    components_.erase(component);
  } else {
    std::erase_if(declared_, [&](const auto& d) {
      const auto* c = std::get_if<Context*>(&d);
      return c != nullptr && *c == nested->get();
    });
    contexts_.erase(nested);
  }
  changed();
}

Context& Context::context(const std::string& name) {
  for (const auto& context : contexts_)
    if (context->name_ == name) return *context;
  check_free(name);
  contexts_.push_back(std::unique_ptr<Context>(new Context(name, *this)));
  declared_.emplace_back(contexts_.back().get());
  return *contexts_.back();
}

Process& Context::process(const std::string& name) {
  if (Process* found = find_process(name)) {
    if (found->command() == nullptr) return *found;
    throw Error(Error::Kind::config, {.path = path()}, fmt::format("'{}' is a command of {}", name, path()),
                "give the process another name");
  }
  processes_.push_back(std::make_unique<Process>(*this, name));
  changed();
  return *processes_.back();
}

Process& Context::command(const std::string& name, CommandSpec spec) {
  if (find_process(name) != nullptr)
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("{} has a process or command '{}' already", path(), name),
                "give the command another name");
  if (spec.methods.empty()) spec.methods.push_back(name);
  processes_.push_back(std::make_unique<Process>(*this, name, std::move(spec)));
  changed();
  return *processes_.back();
}

void Context::collect(std::vector<Component*>& all) const {
  for (const auto& declared : declared_) {
    if (const auto* component = std::get_if<Component*>(&declared))
      all.push_back(*component);
    else
      std::get<Context*>(declared)->collect(all);
  }
}

std::vector<Component*> Context::all_components() const {
  std::vector<Component*> all;
  collect(all);
  return all;
}

std::vector<Context*> Context::contexts() const {
  std::vector<Context*> all{const_cast<Context*>(this)};
  for (const auto& nested : contexts_)
    for (Context* c : nested->contexts()) all.push_back(c);
  return all;
}

Component* Context::find(std::string_view dotted) const noexcept {
  const auto dot = dotted.find('.');
  const std::string_view head = dotted.substr(0, dot);
  for (const auto& nested : contexts_)
    if (nested->name_ == head)
      return dot == std::string_view::npos ? nullptr : nested->find(dotted.substr(dot + 1));
  for (const auto& component : components_) {
    if (component->name() != head) continue;
    Component* at = component.get();
    std::string_view rest = dot == std::string_view::npos ? "" : dotted.substr(dot + 1);
    while (at != nullptr && !rest.empty()) {
      const auto next = rest.find('.');
      const std::string_view name = rest.substr(0, next);
      const auto& parts = at->parts();
      const auto part = std::ranges::find(parts, name, [](Component* p) { return std::string_view(p->name()); });
      at = part == parts.end() ? nullptr : *part;
      rest = next == std::string_view::npos ? "" : rest.substr(next + 1);
    }
    return at;
  }
  return nullptr;
}

Process* Context::find_process(std::string_view name) const noexcept {
  for (const auto& process : processes_)
    if (process->name() == name) return process.get();
  return nullptr;
}

Component& Context::component(std::string_view name) const {
  if (Component* found = find(name)) return *found;
  std::vector<std::string> known;
  for (const Component* c : all_components()) known.push_back(c->label());
  throw Error(Error::Kind::config, {.path = path()}, fmt::format("{} has no component '{}'", path(), name),
              did_you_mean(name, known));
}

Compartment& Context::compartment(std::string_view name) const {
  std::string dotted(name);
  if (name.find(':') != std::string_view::npos) {
    const std::string prefix = root_->name_ + ":";
    if (dotted.starts_with(prefix)) dotted.erase(0, prefix.size());
    std::ranges::replace(dotted, ':', '.');
    return static_cast<const Context*>(root_)->compartment(dotted);
  }
  const auto dot = dotted.rfind('.');
  if (dot == std::string::npos)
    throw Error(Error::Kind::config, {.path = path()}, fmt::format("'{}' names no compartment", name),
                "write COMPONENT.COMPARTMENT");
  return component(dotted.substr(0, dot))[dotted.substr(dot + 1)];
}

// ---- wires -------------------------------------------------------------------------------------------------

void Context::refuse_cycle(const Expression& source, const Compartment& destination) const {
  // Depth first from the source towards what feeds it; the path is kept for the message.
  std::vector<const Compartment*> path;
  const auto visit = [&](auto&& self, const Compartment& c) -> bool {
    path.push_back(&c);
    if (&c == &destination) return true;
    if (c.wire() != nullptr && !c.wire()->delayed)
      for (const Compartment* next : c.wire()->source.present_compartments())
        if (self(self, *next)) return true;
    path.pop_back();
    return false;
  };
  for (const Compartment* start : source.present_compartments()) {
    path.clear();
    if (!visit(visit, *start)) continue;
    std::string hops = destination.label();
    for (const Compartment* c : path) hops += " <- " + c->label();
    throw Error(Error::Kind::wiring, {.path = destination.path()},
                fmt::format("cannot wire {} >> {}: {} would feed itself: {}", source.text(),
                            destination.label(), destination.label(), hops),
                source.compartment() == &destination
                    ? "leave it out: unwired, a compartment keeps its own value"
                    : "mark the wire delayed, so that it gives the value of the step before");
  }
}

void Context::refuse_misfit(const Expression& source, const Shape& from, const Compartment& to,
                            const Shape& into) const {
  const Compartment* plain = source.compartment();
  const DType from_type = plain != nullptr ? plain->options().dtype : DType::float32;
  if (from_type != to.options().dtype)
    throw Error(Error::Kind::shape, {.path = to.path()},
                fmt::format("cannot wire {} ({}) >> {} ({}): the types differ", source.text(),
                            to_string(from_type), to.label(), to_string(to.options().dtype)),
                "wire compartments of one type");
  if (from == into) return;
  const bool same_rank = from.rank() == into.rank();
  const bool same_rows = same_rank && from.rows() == into.rows();
  const bool same_cols = same_rank && from.cols() == into.cols();
  const bool batched = into.rank() == 2 && !to.dims().empty() && to.dims()[0].batch;
  const bool transposed = from.rank() == 2 && same_rank && from[0] == into[1] && from[1] == into[0];
  const auto [what, remedy] =
      same_rows && batched
          ? std::pair{"widths", std::string("give both the same number of units, or Slice or Concatenate")}
      : same_cols && batched
          ? std::pair{"batch sizes", std::string("give both the same batch_size")}
          : std::pair{"shapes", transposed ? fmt::format("the array looks transposed: transpose({}) >> {}",
                                                         source.text(), to.label())
                                           : std::string("give both the same shape")};
  throw Error(Error::Kind::shape, {.path = to.path()},
              fmt::format("cannot wire {} {} >> {} {}: the {} differ", source.text(), to_string(from),
                          to.label(), to_string(into), what),
              remedy);
}

void Context::bind_expression(Wire& wire) {
  wire.operations.clear();
  const auto lower = [&](auto&& self, const Expression& e) -> std::pair<Operation::Operand, Shape> {
    if (Compartment* c = e.compartment()) {
      if (c->options().dtype != DType::float32)
        throw Error(Error::Kind::wiring, {.path = c->path()},
                    fmt::format("{} is no operand: it holds {}", c->label(), to_string(c->options().dtype)),
                    "operators take float32 alone");
      return {{.compartment = c}, c->shape()};
    }
    if (e.type() == nullptr) return {{.number = e.number()}, Shape{}};
    Operation operation{.type = e.type(), .arguments = e.arguments(), .function = e.function()};
    std::vector<Shape> shapes;
    for (const Expression& operand : e.operands()) {
      auto [lowered, shape] = self(self, operand);
      operation.operands.push_back(lowered);
      shapes.push_back(shape);
    }
    operation.shape = e.type()->shape(shapes, operation.arguments);
    operation.slot = root_->state_.add(operation.shape, DType::float32);
    wire.operations.push_back(std::move(operation));  // from here on, release_slots knows of it
    if (e.type()->memory != nullptr)
      wire.operations.back().memory_slot =
          root_->state_.add(e.type()->memory(shapes, wire.operations.back().arguments), DType::float32);
    return {{.operation = static_cast<int>(wire.operations.size()) - 1}, wire.operations.back().shape};
  };
  if (const Compartment* plain = wire.source.compartment()) {
    wire.shape = plain->shape();
    return;
  }
  if (wire.source.type() == nullptr)
    throw Error(Error::Kind::wiring, {.path = wire.destination != nullptr ? wire.destination->path() : path()},
                fmt::format("{} is a number, and no source of a wire", wire.source.text()),
                "set the compartment to it instead");
  wire.shape = lower(lower, wire.source).second;
}

void Context::release_slots(Wire& wire) {
  for (const Operation& operation : wire.operations) {
    root_->state_.remove(operation.slot);
    if (operation.memory_slot >= 0) root_->state_.remove(operation.memory_slot);
  }
  if (wire.delay_slot >= 0) root_->state_.remove(wire.delay_slot);
  wire.operations.clear();
  wire.delay_slot = -1;
}

void Context::wire(const Expression& source, Compartment& destination, const WireOptions& options) {
  const auto fail = [&](Error::Kind kind, const std::string& problem, const std::string& remedy = {}) {
    throw Error(kind, {.path = destination.path()}, problem, remedy);
  };
  bool foreign = &context_of(destination) != root_;
  for (const Compartment* c : source.compartments()) foreign = foreign || &context_of(*c) != root_;
  if (foreign)
    fail(Error::Kind::wiring,
         fmt::format("cannot wire {} >> {}: they belong to different circuits", source.text(),
                     destination.label()),
         "copy the value from one to the other between runs: b.x.set(a.x.value())");
  if (const Wire* old = destination.wire_) {
    const std::string at = old->where.line > 0 ? fmt::format(" at line {}", old->where.line) : "";
    fail(Error::Kind::wiring,
         fmt::format("{} is wired already, from {}{}", destination.label(), old->source.text(), at),
         fmt::format("to add both, write one wire: {} + {} >> {}", old->source.text(), source.text(),
                     destination.label()));
  }
  if (source.compartment() == &destination || !options.delayed) refuse_cycle(source, destination);

  auto made = std::make_unique<Wire>(Wire{.source = source,
                                          .destination = &destination,
                                          .delayed = options.delayed,
                                          .order = root_->wire_count_,
                                          .where = options.where});
  try {
    bind_expression(*made);
    refuse_misfit(source, made->shape, destination, destination.shape());
  } catch (...) {
    release_slots(*made);
    throw;
  }
  ++root_->wire_count_;
  destination.wire_ = made.get();
  root_->wires_.push_back(std::move(made));
  if (options.delayed) ensure_delay(*destination.wire_);
  changed();
}

void Context::rewire(const Expression& source, Compartment& destination, const WireOptions& options) {
  Wire* const old = destination.wire_;
  destination.wire_ = nullptr;
  try {
    wire(source, destination, options);
  } catch (...) {
    destination.wire_ = old;
    throw;
  }
  if (old == nullptr) return;
  Wire* const made = destination.wire_;
  destination.wire_ = old;
  unwire(destination);
  destination.wire_ = made;
}

void Context::unwire(Compartment& destination) {
  Wire* const wire = destination.wire_;
  if (wire == nullptr) return;
  destination.wire_ = nullptr;
  release_slots(*wire);
  std::erase_if(root_->wires_, [&](const auto& w) { return w.get() == wire; });
  changed();
}

void Context::ensure_delay(const Wire& wire) {
  if (wire.delay_slot >= 0) return;
  const DType type = wire.destination != nullptr ? wire.destination->options().dtype : DType::float32;
  const_cast<Wire&>(wire).delay_slot = root_->state_.add(wire.shape, type);
  set_delays({&wire});
}

/// Gives delayed wires their first values: their sources' present ones. Where a source is read through further
/// wires of these, theirs are the first values too; in a loop of them, a destination's own value.
void Context::set_delays(const std::vector<const Wire*>& wires) {
  std::vector<const Wire*> under_way;
  const std::function<Tensor(const Compartment&)> read = [&](const Compartment& c) {
    const Wire* const wire = c.wire();
    if (wire == nullptr || std::ranges::find(under_way, wire) != under_way.end()) return own_value(c);
    if (wire->delayed && std::ranges::find(wires, wire) == wires.end())
      return tensor_of(root_->state_, wire->delay_slot);
    under_way.push_back(wire);
    Tensor value = evaluate_with(wire->source, read);
    under_way.pop_back();
    return value;
  };
  std::vector<Tensor> values;
  for (const Wire* wire : wires) {
    under_way = {wire};
    values.push_back(evaluate_with(wire->source, read));
  }
  for (std::size_t i = 0; i < wires.size(); ++i)
    std::visit([&](const auto& v) {
      std::memcpy(root_->state_.words(wires[i]->delay_slot), v.data(), v.size() * sizeof(State::Word));
    }, values[i].values);
}

void Context::start() {
  if (root_->started_) return;
  root_->started_ = true;
  std::vector<const Wire*> wires;
  for (const auto& wire : root_->wires_)
    if (wire->delay_slot >= 0) wires.push_back(wire.get());
  set_delays(wires);
}

const Wire& Context::probe(const Expression& expression) {
  for (const Compartment* c : expression.compartments())
    if (&context_of(*c) != root_)
      throw Error(Error::Kind::wiring, {.path = c->path()},
                  fmt::format("{} belongs to another circuit than {}", c->label(), path()),
                  "watch it in a process of its own circuit");
  auto made = std::make_unique<Wire>(Wire{.source = expression});
  try {
    bind_expression(*made);
  } catch (...) {
    release_slots(*made);
    throw;
  }
  root_->probes_.push_back(std::move(made));
  changed();
  return *root_->probes_.back();
}

void Context::drop_probe(const Wire& probe) {
  const auto found = std::ranges::find(root_->probes_, &probe, [](const auto& p) { return p.get(); });
  if (found == root_->probes_.end()) return;
  release_slots(**found);
  root_->probes_.erase(found);
  changed();
}

Tensor Context::evaluate(const Expression& expression) {
  return evaluate_with(expression, [](const Compartment& c) { return c.value(); });
}

// ---- state -------------------------------------------------------------------------------------------------

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
  // Slots that came since lie behind all others. Those of wires' delays are made when plans are compiled.
  const auto is_new = [&](int slot) { return slot >= 0 && state().slot(slot).offset >= snapshot.words.size(); };
  bool fits = snapshot.moves == state().moves();
  for_each_compartment(*root_, [&](const Compartment& c) { fits = fits && !is_new(c.slot()); });
  if (!fits)
    throw Error(Error::Kind::shape, {.path = path()},
                fmt::format("{}: the snapshot is of another layout: components, wires or the batch size "
                            "have changed since", root_->name_),
                "take the snapshot after building, or use values() and merge()");
  std::ranges::copy(snapshot.words, state().all().begin());
  std::vector<const Wire*> delays;
  for (const auto& wire : root_->wires_)
    if (is_new(wire->delay_slot)) delays.push_back(wire.get());
  set_delays(delays);
}

StateMap Context::values() const {
  StateMap all;
  for_each_compartment(*this, [&](Compartment& c) { all.emplace(c.path(), own_value(c)); });
  return all;
}

void Context::merge(const StateMap& values) {
  for (const auto& [key, tensor] : values) {
    const Compartment& c = compartment(key);
    if (tensor.shape != c.shape() || tensor.dtype() != c.options().dtype)
      throw Error(Error::Kind::shape, {.path = key},
                  fmt::format("{}: got {} {}, expected {} {}", key, to_string(tensor.dtype()),
                              to_string(tensor.shape), to_string(c.options().dtype),
                              to_string(c.shape())));
  }
  for (const auto& [key, tensor] : values) {
    const auto words = compartment(key).own_words();
    std::visit([&](const auto& v) { std::memcpy(words.data(), v.data(), words.size_bytes()); },
               tensor.values);
    compartment(key).given_ = true;
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

std::vector<Context::Lint> Context::lint() const {
  std::set<const Method*> called;
  bool any = false;
  for (const Context* context : root_->contexts()) {
    for (const auto& process : context->processes_) {
      if (process->command() != nullptr) {
        for (const Component* c : context->all_components())
          for (const std::string& name : process->command()->methods)
            if (const Method* m = c->find_method(name)) called.insert(m);
      }
      for (const auto& item : process->items())
        if (const auto* method = std::get_if<Method*>(&item)) called.insert(*method);
      any = true;
    }
  }
  std::vector<Lint> warnings;
  if (!any) return warnings;
  std::set<const Compartment*> told;
  for (const auto& wire : root_->wires_) {
    for (Compartment* source : sources_of(*wire->destination)) {
      if (source->role() != Role::output || told.contains(source)) continue;
      std::vector<const Method*> writers;
      for (const Method* m : source->owner().methods())
        for (const Use& use : m->uses())
          if (use.compartment == source && use.access != Access::read && use.access != Access::clear)
            writers.push_back(m);
      const bool part = source->owner().parent() != nullptr;  // run by its owner
      if (part || writers.empty() ||
          std::ranges::any_of(writers, [&](const Method* m) { return called.contains(m); }))
        continue;
      const bool read = std::ranges::any_of(called, [&](const Method* m) {
        return std::ranges::any_of(m->uses(), [&](const Use& use) {
          return use.compartment == wire->destination && use.access != Access::clear;
        });
      });
      if (!read) continue;
      told.insert(source);
      warnings.push_back({wire.get(),
                          fmt::format("{} is read through {}, but no process calls {}", source->label(),
                                      wire->text(), writers.front()->label()),
                          fmt::format("add {} to a process, or take the wire away",
                                      writers.front()->label())});
    }
  }
  return warnings;
}

}  // namespace plexus

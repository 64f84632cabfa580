#include "plexus/core/context.h"

#include <algorithm>
#include <cctype>
#include <random>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/log.h"
#include "plexus/core/random/key.h"

namespace plexus {
namespace {

bool is_name(std::string_view name) {
  const auto letter = [](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; };
  return !name.empty() && letter(static_cast<unsigned char>(name[0])) &&
         std::ranges::all_of(name,
                             [&](unsigned char c) { return letter(c) || std::isdigit(c) != 0; });
}

/// The outermost context's name only heads paths: "orientation-2" will do.
bool is_circuit_name(std::string_view name) {
  return !name.empty() && std::ranges::none_of(name, [](unsigned char c) {
    return c == ':' || c == '.' || c == '/' || c == '\\' || std::isspace(c) != 0 ||
           std::iscntrl(c) != 0;
  });
}

std::uint32_t drawn_seed() {
  return std::random_device{}();
}

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

}  // namespace

Context& context_of(const Compartment& compartment) {
  return compartment.owner().context().root();
}

Context::Context(std::string name, Options options) : name_(std::move(name)) {
  if (!is_circuit_name(name_))
    throw Error(Error::Kind::config, {}, fmt::format("'{}' is no name for a context", name_),
                "use letters, digits, _ and -");
  if (options.memory_limit) state_.set_limit(*options.memory_limit);
  seed_ = options.seed ? *options.seed : drawn_seed();
  if (!options.seed)
    log_info("{}: no seed given, drew {}; the seed {} repeats this run", name_, seed_, seed_);
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
  if (const auto c = by_name_.find(name); c != by_name_.end())
    return fmt::format("a component ({})", c->second->type().name);
  for (const auto& c : contexts_)
    if (c->name() == name) return "a context";
  return {};
}

void Context::check_free(const std::string& name) const {
  if (!is_name(name))
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("'{}' is no name for a component", name),
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
  if (const Parameter* p = described.find("batch_size"))
    setup.batch_size = *std::get<int*>(p->target);
  std::unique_ptr<Component> made = type.make(setup, *parameters);
  made->parameters_ = std::move(parameters);
  if (!key) made->child_ = root_->added_;

  components_.push_back(std::move(made));
  declared_.emplace_back(components_.back().get());
  by_name_.emplace(components_.back()->name(), components_.back().get());
  ++root_->added_;
  changed();
  return *components_.back();
}

void Context::remove(std::string_view name) {
  std::vector<Component*> going;
  std::vector<Context*> closing;
  const auto component = std::ranges::find(
      components_, name, [](const auto& c) { return std::string_view(c->name()); });
  const auto nested =
      std::ranges::find(contexts_, name, [](const auto& c) { return std::string_view(c->name()); });
  if (component != components_.end())
    going.push_back(component->get());
  else if (nested != contexts_.end()) {
    (*nested)->collect(going);
    closing = (*nested)->contexts();
  } else {
    static_cast<void>(this->component(name));  // throws, with the nearest name
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("{} is no component of {} itself", name, path()),
                "remove it where it was added");
  }

  const auto goes = [&](const Compartment* c) {
    return c != nullptr &&
           std::ranges::any_of(going, [&](Component* g) { return within(c->owner(), *g); });
  };
  std::vector<Wire*> inner;
  for (const auto& wire : root_->wires_) {
    const bool to = goes(wire->destination);
    const bool from = std::ranges::any_of(wire->source.compartments(), goes);
    if (from && !to)
      throw Error(Error::Kind::wiring, {.path = path()},
                  fmt::format("cannot remove {}: {} uses it", name, wire->text()),
                  "take the wire away first");
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
    by_name_.erase((*component)->name());
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
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("'{}' is a command of {}", name, path()),
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
  const auto component = by_name_.find(head);
  if (component == by_name_.end()) return nullptr;
  Component* at = component->second;
  std::string_view rest = dot == std::string_view::npos ? "" : dotted.substr(dot + 1);
  while (at != nullptr && !rest.empty()) {
    const auto next = rest.find('.');
    const std::string_view name = rest.substr(0, next);
    const auto& parts = at->parts();
    const auto part =
        std::ranges::find(parts, name, [](Component* p) { return std::string_view(p->name()); });
    at = part == parts.end() ? nullptr : *part;
    rest = next == std::string_view::npos ? "" : rest.substr(next + 1);
  }
  return at;
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
  throw Error(Error::Kind::config, {.path = path()},
              fmt::format("{} has no component '{}'", path(), name), did_you_mean(name, known));
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
    throw Error(Error::Kind::config, {.path = path()},
                fmt::format("'{}' names no compartment", name), "write COMPONENT.COMPARTMENT");
  return component(dotted.substr(0, dot))[dotted.substr(dot + 1)];
}

}  // namespace plexus

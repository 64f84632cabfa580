#include "plexus/core/component.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/core/context.h"
#include "plexus/core/describe.h"
#include "plexus/core/error.h"
#include "plexus/core/registry.h"

namespace plexus {
namespace {

template <class Items>
auto* find_named(const Items& items, std::string_view name) {
  const auto found = std::ranges::find(
      items, name, [](const auto* item) { return std::string_view(item->name()); });
  return found == items.end() ? nullptr : *found;
}

template <class Items>
std::vector<std::string> names_of(const Items& items) {
  std::vector<std::string> names;
  for (const auto* item : items) names.push_back(item->name());
  return names;
}

}  // namespace

Component::Component(const Setup& setup)
    : context_(&setup.context),
      name_(setup.name),
      type_(setup.type),
      parent_(setup.parent),
      batch_size_(setup.batch_size) {
  key.set(setup.key);
  if (parent_ != nullptr) parent_->parts_.push_back(this);
}

Component::~Component() {
  if (context_->root().closing_) return;  // everything goes at once
  if (parent_ != nullptr) std::erase(parent_->parts_, this);
}

std::string Component::path() const {
  return (parent_ != nullptr ? parent_->path() : context_->path()) + ":" + name_;
}

std::string Component::label() const {
  std::string prefix;
  if (parent_ != nullptr) {
    prefix = parent_->label() + ".";
  } else {
    for (const Context* c = context_; c->parent() != nullptr; c = c->parent())
      prefix = c->name() + "." + prefix;
  }
  return prefix + name_;
}

Compartment* Component::find_compartment(std::string_view name) const noexcept {
  return find_named(compartments_, name);
}

Method* Component::find_method(std::string_view name) const noexcept {
  return find_named(methods_, name);
}

Compartment& Component::operator[](std::string_view name) const {
  if (Compartment* found = find_compartment(name)) return *found;
  throw Error(Error::Kind::config, {.path = path()},
              fmt::format("{} '{}' has no compartment '{}'", type_->name, label(), name),
              did_you_mean(name, names_of(compartments_)));
}

Method& Component::method(std::string_view name) const {
  if (Method* found = find_method(name)) return *found;
  throw Error(Error::Kind::config, {.path = path()},
              fmt::format("{} '{}' has no method '{}'", type_->name, label(), name),
              did_you_mean(name, names_of(methods_)));
}

std::string Component::to_string() const {
  return print(*this);
}
std::string Component::help() const {
  return describe(*this);
}

std::string to_string(const Component& component) {
  return component.to_string();
}

}  // namespace plexus

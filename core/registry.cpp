#include "plexus/core/registry.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "plexus/core/describe.h"
#include "plexus/core/error.h"

namespace plexus {
namespace {

std::map<std::string, ComponentType, std::less<>>& table() {
  static std::map<std::string, ComponentType, std::less<>> types;
  return types;
}

}  // namespace

std::string ComponentType::summary() const {
  // The first sentence, on one line.
  std::string text;
  for (const char c : about.substr(std::min(about.find_first_not_of("\n "), about.size()))) {
    if (c == '\n' && text.ends_with('.')) break;
    text += c == '\n' ? ' ' : c;
    if (text.ends_with(". ") || text.ends_with("  ")) break;
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

bool register_component(const ComponentType& type) {
  const auto [at, fresh] = table().emplace(type.name, type);
  if (!fresh && at->second.make != type.make)
    throw Error(Error::Kind::config, {},
                fmt::format("a component type '{}' is registered already", type.name),
                "give this one another name");
  return fresh;
}

const ComponentType* find_component_type(std::string_view name) {
  const auto found = table().find(name);
  return found == table().end() ? nullptr : &found->second;
}

std::vector<const ComponentType*> component_types() {
  std::map<std::pair<std::string_view, std::string_view>, const ComponentType*> sorted;
  for (const auto& [name, type] : table()) sorted[{type.family, type.name}] = &type;
  std::vector<const ComponentType*> all;
  for (const auto& [key, type] : sorted) all.push_back(type);
  return all;
}

std::vector<std::string> component_type_names() {
  std::vector<std::string> names;
  for (const auto& [name, type] : table()) names.push_back(name);
  return names;
}

std::string help(const ComponentType& type) {
  return describe(type);
}

}  // namespace plexus

#pragma once

// One component of any registered type, for tests of what must hold of all.

#include <string>
#include <variant>
#include <vector>

#include "plexus/components/builtin.h"
#include "plexus/core/context.h"
#include "plexus/core/parameters.h"
#include "plexus/core/registry.h"
#include "plexus/core/specimen.h"

namespace plexus::test {

inline std::vector<std::string> builtin_types() {
  register_builtin_components();
  return component_type_names();
}

/// "x", of that type, its required parameters filled with something small.
inline Component& add_specimen(Context& circuit, const std::string& type_name) {
  const ComponentType& type = *find_component_type(type_name);
  auto parameters = type.parameters();
  Parameters described = parameters->describe();
  for (const Parameter& p : described.all()) {
    if (!p.missing()) continue;
    if (auto* const* n = std::get_if<int*>(&p.target)) **n = 2;
    if (auto* const* x = std::get_if<float*>(&p.target)) **x = 1;
    if (auto* const* numbers = std::get_if<Tensor*>(&p.target)) **numbers = Numbers(1);
    if (auto* const* s = std::get_if<Shape*>(&p.target)) **s = detail::small_shape(p);
  }
  return circuit.add(type, "x", std::move(parameters));
}

/// One value for each keyword that any method of it takes.
inline Keywords all_keywords(const Component& component) {
  Keywords keywords{.t = 1, .dt = 1};
  for (const Method* m : component.methods())
    for (const std::string& keyword : m->keywords())
      if (keyword != "t" && keyword != "dt") keywords.more.emplace_back(keyword, 1.0F);
  return keywords;
}

}  // namespace plexus::test

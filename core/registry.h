#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/core/component.h"
#include "plexus/core/parameters.h"

namespace plexus {

/// The parameters of one component, whatever its type.
class ParameterSet {
 public:
  virtual ~ParameterSet() = default;
  /// Pointers to the values, which they may be used to change.
  virtual Parameters describe() = 0;
  [[nodiscard]] virtual std::unique_ptr<ParameterSet> clone() const = 0;
};

template <class P>
class ParametersOf final : public ParameterSet {
 public:
  ParametersOf() = default;
  explicit ParametersOf(P given) : values(std::move(given)) {}
  Parameters describe() override {
    Parameters d;
    values.describe(d);
    return d;
  }
  [[nodiscard]] std::unique_ptr<ParameterSet> clone() const override {
    return std::make_unique<ParametersOf>(values);
  }
  P values{};
};

/// What a component type must say of itself.
template <class C>
concept ComponentClass = std::derived_from<C, Component> &&
    requires(typename C::Params p, Parameters& d) {
  { C::type_name } -> std::convertible_to<std::string_view>;  // "BCMSynapse"
  { C::family } -> std::convertible_to<std::string_view>;     // "synapses/hebbian"
  { C::about } -> std::convertible_to<std::string_view>;  // a summary line, equations, literature
  p.describe(d);                                          // Params needs a describe member
};

/// A registered component type.
struct ComponentType {
  std::string_view name, family, about;
  std::unique_ptr<ParameterSet> (*parameters)() = nullptr;
  std::unique_ptr<Component> (*make)(const Component::Setup&, const ParameterSet&) = nullptr;

  /// The first sentence of `about`.
  [[nodiscard]] std::string summary() const;
};

template <ComponentClass C>
const ComponentType& component_type() {
  static const ComponentType type{
      C::type_name, C::family, C::about,
      [] { return std::unique_ptr<ParameterSet>(new ParametersOf<typename C::Params>()); },
      [](const Component::Setup& setup, const ParameterSet& p) {
        return std::unique_ptr<Component>(
            new C(setup, dynamic_cast<const ParametersOf<typename C::Params>&>(p).values));
      }};
  return type;
}

/// Adds a type. The same type may come twice; another of the same name throws Error (config).
bool register_component(const ComponentType& type);
/// nullptr if there is none.
const ComponentType* find_component_type(std::string_view name);
/// By family, then name.
std::vector<const ComponentType*> component_types();
std::vector<std::string> component_type_names();

/// The help text of a type, from a specimen with example parameters.
std::string help(const ComponentType& type);

template <class C>
std::unique_ptr<C> Component::make_part(std::string part_name, typename C::Params params,
                                        Key part_key) {
  return std::make_unique<C>(
      Setup{*context_, std::move(part_name), part_key, batch_size_, &component_type<C>(), this},
      std::move(params));
}

}  // namespace plexus

/// Makes a component type known by its name, to model files and plugins' hosts.
#define PLEXUS_REGISTER(C)                                   \
  [[maybe_unused]] inline const bool plexus_registered_##C = \
      ::plexus::register_component(::plexus::component_type<C>())

#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/core/compartment.h"
#include "plexus/core/method.h"
#include "plexus/core/random/threefry.h"
#include "plexus/core/stage.h"

namespace plexus {

class Context;
struct ComponentType;
class ParameterSet;

/// A part of a circuit: parameters (constant in time), compartments (vary in time), methods.
///
/// Derive, declare compartments and methods as members, and register the
/// type: wiring, YAML, help, schema, saving and scheduling follow from
/// the declarations. A component lives in its context and is never moved.
class Component {
 public:
  struct Setup {
    Context& context;
    std::string name;
    Key key{};
    int batch_size = 1;
    const ComponentType* type = nullptr;
    Component* parent = nullptr;
  };

  explicit Component(const Setup& setup);
  virtual ~Component();
  Component(const Component&) = delete;
  Component& operator=(const Component&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// "v1:W"; of a part of a component "v1:cell:Wl_cell".
  [[nodiscard]] std::string path() const;
  /// "W", "cell.Wl_cell", "layer1.W": as model files name it, from the outermost context.
  [[nodiscard]] std::string label() const;
  [[nodiscard]] Context& context() const noexcept { return *context_; }
  [[nodiscard]] const ComponentType& type() const noexcept { return *type_; }
  [[nodiscard]] Component* parent() const noexcept { return parent_; }
  [[nodiscard]] int batch_size() const noexcept { return batch_size_; }

  /// In order of declaration; `key` first.
  [[nodiscard]] const std::vector<Compartment*>& compartments() const noexcept {
    return compartments_;
  }
  [[nodiscard]] const std::vector<Method*>& methods() const noexcept { return methods_; }
  [[nodiscard]] const std::vector<Component*>& parts() const noexcept { return parts_; }
  [[nodiscard]] Compartment* find_compartment(std::string_view name) const noexcept;
  [[nodiscard]] Method* find_method(std::string_view name) const noexcept;
  /// A compartment by name. Throws Error (config) with the nearest name.
  [[nodiscard]] Compartment& operator[](std::string_view name) const;
  [[nodiscard]] Method& method(std::string_view name) const;
  /// The parameters that it was made with; nullptr for a part of a component.
  [[nodiscard]] ParameterSet* parameters() const noexcept { return parameters_.get(); }

  /// Computes what parameters and the keywords of a run determine. Called before a run, and again
  /// when a keyword other than t changes.
  virtual void prepare(const Step& /*step*/) {}

  /// "[BCMSynapse] v1:W", then each compartment's shape, minimum, maximum, mean.
  [[nodiscard]] std::string to_string() const;
  /// Equations, parameters, compartments, methods, literature: the text of `plexus describe`.
  [[nodiscard]] std::string help() const;

 private:
  friend class Compartment;
  friend class Method;
  friend class Context;

  Context* context_;
  std::string name_;
  const ComponentType* type_;
  Component* parent_;
  int batch_size_;
  std::unique_ptr<ParameterSet> parameters_;
  std::optional<std::uint64_t> child_;  // of the seed's key, that its own key is
  std::vector<Compartment*> compartments_;
  std::vector<Method*> methods_;
  std::vector<Component*> parts_;

 public:
  // clang-format off
  Compartment key{*this, "key", Role::key, {2}, "state of the component's random stream",
                  {.dtype = DType::uint32}};
  // clang-format on

 protected:
  /// A component inside this one, addressed through it: `cell.Wl_cell.weights`.
  template <class C>
  std::unique_ptr<C> make_part(std::string part_name, typename C::Params params, Key part_key);
  /// Appends `n` columns of first values to some of its compartments, and to the second extent of its parameter
  /// `shape`. Throws Error (wiring) if one of them is wired to or from others, whose shapes cannot follow.
  void widen(std::initializer_list<Compartment*> compartments, int n);
};

std::string to_string(const Component& component);

}  // namespace plexus

#pragma once

#include <string>
#include <vector>

#include "plexus/core/stage.h"
#include "plexus/core/step.h"

namespace plexus {

class Component;

/// The keywords that a method takes: `takes("t", "dt")`.
struct Takes {
  std::vector<std::string> keywords;
};
template <class... Names>
Takes takes(Names... names) { return {{names...}}; }

/// The stages and keywords of a method that this one goes on from: `extends(DenseSynapse::reset)`.
struct Extends {
  const class Method* method;
};
inline Extends extends(const Method& method) { return {&method}; }

/// A named step of a component: a list of stages, in order. Declared as a member of its component;
/// one of the same name in a derived component replaces the inherited one.
class Method {
 public:
  template <class... Parts>
  Method(Component& owner, const char* name, const Parts&... parts) : owner_(&owner), name_(name) {
    (append(parts), ...);
    enrol();
  }
  Method(const Method&) = delete;
  Method& operator=(const Method&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Component& owner() const noexcept { return *owner_; }
  /// "W.evolve".
  [[nodiscard]] std::string label() const;
  [[nodiscard]] const std::vector<std::string>& keywords() const noexcept { return keywords_; }
  [[nodiscard]] const std::vector<Stage>& stages() const noexcept { return stages_; }
  /// What the whole method touches, each compartment once: `read` if its value from before is read,
  /// `write` if it is only written, `update` if both.
  [[nodiscard]] std::vector<Use> uses() const;

  /// Runs this method alone, once. Throws Error as Process::run does.
  void run(const Keywords& keywords = {});

 private:
  void append(const Takes& takes);
  void append(const Extends& extends);
  void append(Stage stage);
  void append(const std::vector<Stage>& stages);
  void enrol();

  Component* owner_;
  std::string name_;
  std::vector<std::string> keywords_;
  std::vector<Stage> stages_;
};

}  // namespace plexus

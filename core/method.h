#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plexus/core/stage.h"
#include "plexus/core/step.h"

namespace plexus {

class Component;

/// A keyword of a method; with a fallback it may be left out of a run.
struct Keyword {
  std::string name;
  std::optional<float> fallback = {};
};
inline Keyword keyword(const char* name, float fallback) {
  return {name, fallback};
}

/// The keywords that a method takes: `takes("t", "dt")`, `takes(keyword("eta", 0.01F))`.
struct Takes {
  std::vector<Keyword> keywords;
};
template <class... Names>
Takes takes(Names... names) {
  return {{Keyword{names}...}};
}

/// The stages and keywords of a method that this one goes on from: `extends(DenseSynapse::reset)`.
struct Extends {
  const class Method* method;
};
inline Extends extends(const Method& method) {
  return {&method};
}

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
  /// The value of a keyword that a run leaves out; none if it must be given.
  [[nodiscard]] std::optional<float> fallback(const std::string& keyword) const;
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
  Takes takes_;
  std::vector<Stage> stages_;
};

}  // namespace plexus

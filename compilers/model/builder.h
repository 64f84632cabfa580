#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "plexus/compilers/model/syntax.h"
#include "plexus/core/context.h"

namespace plexus::model {

/// Builds the components, wires and processes of a model in a context. Everything that is wrong is reported,
/// and building goes on with what is right, so that one pass finds all problems.
class Builder {
 public:
  Builder(const ModelSyntax& model, Context& context, Diagnostics& diagnostics);

  /// `nested` receives the syntax of nested files, which must live as long as the places in it.
  void build(std::vector<std::unique_ptr<ModelSyntax>>& nested);

  /// The compartment that a path names; nullptr, reported, if there is none (in silence, if its component
  /// was reported already).
  Compartment* compartment(const Path& path) const;
  /// The runtime's form of an expression; empty if something in it was reported. `turn` is the loop's.
  std::optional<plexus::Expression> expression(const Expression& syntax, std::int64_t turn) const;

 private:
  void load_plugins();
  void add_component(const ComponentSyntax& syntax);
  void add_context(const ContextSyntax& syntax, std::vector<std::unique_ptr<ModelSyntax>>& nested);
  void check_defaults() const;
  void add_wire(const WireSyntax& syntax);
  void make_processes();
  void fill_process(const ProcessSyntax& syntax);
  void compile(const ProcessSyntax& syntax);
  Component* component(const std::string& name, const Place& place) const;
  [[nodiscard]] std::string misfit_remedy(const plexus::Expression& source, const Compartment& to) const;
  [[nodiscard]] std::string suggestion(const Component& component, const Compartment& c,
                                       std::int64_t width) const;

  const ModelSyntax& model_;
  Context& context_;
  Diagnostics& diagnostics_;
  std::set<std::string> broken_;  // components that were reported
  std::set<std::string> used_defaults_;
  std::map<const Component*, std::map<std::string, int>> lines_;  // of parameters, and of the component ("")
};

}  // namespace plexus::model

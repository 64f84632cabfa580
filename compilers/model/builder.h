#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "plexus/compilers/model/syntax.h"
#include "plexus/core/context.h"
#include "plexus/core/operator.h"
#include "plexus/core/plan.h"

namespace plexus::model {

/// Builds the components, wires and processes of a model in a context. Everything that is wrong is
/// reported, and building goes on with what is right, so that one pass finds all problems.
class Builder {
 public:
  /// `outer` builds the context that this one is nested in.
  Builder(const ModelSyntax& model, Context& context, Diagnostics& diagnostics,
          Builder* outer = nullptr);

  /// `nested` receives the syntax of nested files, which must live as long as the places in it.
  void build(std::vector<std::unique_ptr<ModelSyntax>>& nested);

  /// The compartment that a path names; nullptr, reported, if there is none (in silence, if its
  /// component was reported already).
  Compartment* compartment(const Path& path) const;
  /// The runtime's form of an expression; empty if
  /// something in it was reported. `turn` is the loop's.
  std::optional<plexus::Expression> expression(const Expression& syntax, std::int64_t turn) const;
  /// The process of that name; nullptr if there is none, or something in it was reported: its plan
  /// and keywords would not be those that are meant.
  Process* sound_process(const std::string& name) const;
  /// Where a wire is written, also in a nested file.
  [[nodiscard]] Place place_of(const Wire* wire) const;

 private:
  void load_plugins();
  void add_component(const ComponentSyntax& syntax);
  void add_context(const ContextSyntax& syntax, std::vector<std::unique_ptr<ModelSyntax>>& nested);
  bool read_parameters(const ComponentSyntax& syntax, Parameters& parameters,
                       const std::string& type, std::map<std::string, Place>& given,
                       std::optional<Key>& key);
  bool named_arguments(const Expression& syntax, const OperatorType& type,
                       std::vector<double>& numbers) const;
  [[nodiscard]] Place place_of(const Error& error, const ComponentSyntax& syntax,
                               const std::map<std::string, Place>& given) const;
  void check_defaults() const;
  [[nodiscard]] bool contains_itself(const std::string& file) const;
  void add_wire(const WireSyntax& syntax);
  void make_processes();
  bool make_command(const ProcessSyntax& syntax, const Command& command);
  bool fill_process(const ProcessSyntax& syntax);
  void compile(const ProcessSyntax& syntax);
  void warn(const Plan::Warning& warning, const ProcessSyntax& syntax);
  Component* component(const std::string& name, const Place& place) const;
  [[nodiscard]] std::string misfit_remedy(const plexus::Expression& source,
                                          const Compartment& to) const;
  [[nodiscard]] std::string suggestion(const Component& component, const Compartment& c,
                                       std::int64_t width) const;

  const ModelSyntax& model_;
  Context& context_;
  Diagnostics& diagnostics_;
  Builder* outer_;
  Builder* outermost_;
  std::set<std::string> broken_;  // components and contexts that were reported
  std::set<std::string> broken_processes_;
  std::set<std::string> used_defaults_, refused_defaults_;
  std::map<const Wire*, Place> wires_;  // of the outermost: of all files
  std::map<const Component*, std::map<std::string, int>>
      lines_;  // of parameters, and of the component ("")
};

}  // namespace plexus::model

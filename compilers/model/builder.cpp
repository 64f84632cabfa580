#include "plexus/compilers/model/builder.h"

#include <filesystem>
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/values.h"
#include "plexus/core/plugin.h"

namespace plexus::model {
namespace {

constexpr std::size_t kMostContexts = 10'000;

}  // namespace

Builder::Builder(const ModelSyntax& model, Context& context, Diagnostics& diagnostics,
                 Builder* outer)
    : model_(model),
      context_(context),
      diagnostics_(diagnostics),
      outer_(outer),
      outermost_(outer != nullptr ? outer->outermost_ : this),
      broken_(model.broken) {}

void Builder::build(std::vector<std::unique_ptr<ModelSyntax>>& nested) {
  load_plugins();
  for (const Declaration& declaration : model_.declarations) {
    if (const auto* component = std::get_if<ComponentSyntax>(&declaration))
      add_component(*component);
    else
      add_context(std::get<ContextSyntax>(declaration), nested);
  }
  check_defaults();
  for (const WireSyntax& wire : model_.wires) add_wire(wire);
  make_processes();
}

void Builder::load_plugins() {
  for (const Word& plugin : model_.plugins) {
    try {
      load_plugin(beside(*model_.source, plugin.text));
    } catch (const Error& error) {
      diagnostics_.error(plugin.place, error.problem(), error.remedy());
    }
  }
}

void Builder::add_context(const ContextSyntax& syntax,
                          std::vector<std::unique_ptr<ModelSyntax>>& nested) {
  broken_.insert(syntax.name);  // until it is built
  const std::string file = beside(*model_.source, syntax.model.text).string();
  if (contains_itself(file)) {
    diagnostics_.error(syntax.model.place, fmt::format("{} would contain itself", file),
                       "a model that contains itself never ends: nest another file");
    return;
  }
  if (nested.size() >= kMostContexts) {
    diagnostics_.error(syntax.place, fmt::format("more than {} contexts are nested", kMostContexts),
                       "nest fewer, or make one larger");
    return;
  }
  std::shared_ptr<const Source> source;
  try {
    source = Source::read(file);
  } catch (const Error& error) {
    diagnostics_.error(syntax.model.place, error.problem(), error.remedy());
    return;
  }
  const std::size_t errors = diagnostics_.errors();
  nested.push_back(std::make_unique<ModelSyntax>(
      parse_model(source, overrides_of(syntax), diagnostics_, plexus::model::Role::nested)));
  const ModelSyntax& inner = *nested.back();
  Builder(inner, context_.context(syntax.name), diagnostics_, this).build(nested);
  if (diagnostics_.errors() == errors) broken_.erase(syntax.name);
}

/// Whether a file is this one, or one that this one is nested in.
bool Builder::contains_itself(const std::string& file) const {
  std::error_code code;
  for (const Builder* at = this; at != nullptr; at = at->outer_)
    if (std::filesystem::equivalent(at->model_.source->file(), file, code)) return true;
  return false;
}

}  // namespace plexus::model

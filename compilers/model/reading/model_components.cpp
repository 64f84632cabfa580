// Components and nested contexts.
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/model_reader.h"

namespace plexus::model::detail {

/// Components and nested contexts, in the order of their sections.
void ModelReader::declarations() {
  bool any = false;
  for (const Node::Entry& entry : root_->entries()) {
    const bool components = entry.key == "components";
    if (!components && entry.key != "contexts") continue;
    any = true;
    const Node* node = section(entry.key);
    if (!node) continue;
    if (!reader_.mapping(*node, entry.key,
                         components ? "write `components: {cell: {type: RateCell, n_units: 25}}`"
                                    : "write `contexts: {layer1: {model: layer.yaml}}`"))
      continue;
    for (const Node::Entry& one : node->entries()) {
      const bool good =
          reader_.check_name(one.key, one.place, components ? "component" : "context");
      const auto [first, is_new] = declared_.emplace(one.key, one.place);
      if (!is_new)
        reader_.error(
            one.place,
            fmt::format("the name '{}' is taken, in line {}", one.key, first->second.line),
            "components and contexts share their names: rename one");
      const std::size_t before = model_.declarations.size();
      if (good && is_new) components ? component(one) : context(one);
      if (is_new && model_.declarations.size() == before) model_.broken.insert(one.key);
    }
  }
  if (!any)
    reader_.error(root_->place(), "the model has no components",
                  "add a section `components: {cell: {type: RateCell, n_units: 25}}`");
}

void ModelReader::component(const Node::Entry& entry) {
  if (!reader_.mapping(entry.value, fmt::format("component '{}'", entry.key),
                       entry.value.is(Kind::text)
                           ? fmt::format("write `{}: {{type: {}}}`", entry.key, entry.value.text())
                           : "write its type and parameters, e.g. {type: RateCell, n_units: 25}"))
    return;
  ComponentSyntax out{entry.key, entry.place, {}, {}};
  const Node* type = entry.value.find("type");
  if (!type) {
    std::vector<std::string> keys;
    for (const Node::Entry& parameter : entry.value.entries()) keys.push_back(parameter.key);
    const std::string near = nearest("type", keys);
    reader_.error(entry.place, fmt::format("component '{}' has no type", entry.key),
                  near.empty() ? "add e.g. `type: RateCell`; `plexus describe` lists the types"
                               : fmt::format("is '{}' meant to be 'type'?", near));
    return;
  }
  const auto word = reader_.text(*type, "type", "`plexus describe` lists the types");
  if (!word) return;
  out.type = *word;
  for (const Node::Entry& parameter : entry.value.entries())
    if (parameter.key != "type") out.parameters.push_back(parameter);
  model_.declarations.emplace_back(std::move(out));
}

void ModelReader::context(const Node::Entry& entry) {
  if (!reader_.mapping(entry.value, fmt::format("context '{}'", entry.key),
                       "write {model: layer.yaml, with: {n_in: 100}}"))
    return;
  reader_.check_keys(entry.value, "a context", {"model", "with"});
  ContextSyntax out{entry.key, entry.place, {}, {}};
  if (const Node* with = entry.value.find("with"); with && !with->is(Kind::null))
    if (reader_.mapping(*with, "with", "write `with: {n_in: 100}`"))
      for (const Node::Entry& one : with->entries()) {
        if (one.value.is_scalar())
          out.with.push_back(one);
        else
          reader_.mismatch(one.value, fmt::format("parameter '{}'", one.key),
                           "a number, a text, true, false or null");
      }
  const Node* file = entry.value.find("model");
  if (!file) {
    reader_.error(entry.place, fmt::format("context '{}' names no model", entry.key),
                  "add `model: FILE.yaml`");
    return;
  }
  const auto word = reader_.text(*file, "model");
  if (!word) return;
  out.model = *word;
  model_.declarations.emplace_back(std::move(out));
}

}  // namespace plexus::model::detail

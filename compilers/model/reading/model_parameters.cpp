// A model's own parameters, and what is given for them from outside.
#include <algorithm>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/model_reader.h"

namespace plexus::model::detail {

void ModelReader::parameters() {
  std::vector<std::string> names;
  const Node* node = root_->find("parameters");
  if (node && !node->is(Kind::null) &&
      reader_.mapping(*node, "parameters", "write `parameters: {n_in: 64}`")) {
    for (const Node::Entry& entry : node->entries()) {
      names.push_back(entry.key);
      scope_.later.emplace(entry.key, entry.place);
    }
    for (const Node::Entry& entry : node->entries()) parameter(entry);
  }
  for (const Override& given : overrides_)
    if (std::ranges::find(names, given.name) == names.end()) {
      std::string remedy = did_you_mean(given.name, names);
      if (names.empty()) remedy = "it declares none: add a section `parameters`";
      reader_.error(
          given.place,
          fmt::format("the model '{}' has no parameter '{}'", model_.source->file(), given.name),
          remedy);
    }
}

void ModelReader::parameter(const Node::Entry& entry) {
  const auto settle = [&](bool good) {
    scope_.later.erase(entry.key);
    if (!good) scope_.broken.insert(entry.key);
  };
  if (!reader_.check_name(entry.key, entry.place, "parameter")) return settle(false);
  if (entry.key == "i") {
    reader_.error(entry.place, "a parameter cannot be named 'i'",
                  "'i' is the turn of a loop; choose another name");
    return settle(false);
  }
  const auto given =
      std::ranges::find(overrides_.rbegin(), overrides_.rend(), entry.key, &Override::name);
  const bool overridden = given != overrides_.rend();
  const Node value =
      interpolate(overridden ? given->value : entry.value, scope_, reader_.diagnostics());
  if (!value.is_scalar()) {
    reader_.mismatch(value, fmt::format("parameter '{}'", entry.key),
                     "a number, a text, true, false or null",
                     "lists are written where they are used, e.g. shape: [$(n_in), $(n_out)]");
    return settle(false);
  }
  if (overridden && !same_sort(value, entry.value)) {
    reader_.error(value.place(),
                  fmt::format("parameter '{}' is set to {}, but it is {} in the model", entry.key,
                              value.summary(), sort(entry.value)));
    return settle(false);
  }
  settle(true);
  scope_.parameters.emplace(entry.key, value.scalar());
  model_.parameters.push_back({entry.key, entry.place, value.scalar(), overridden});
}

bool ModelReader::same_sort(const Node& value, const Node& declared) {
  if (declared.is(Kind::text) && declared.text().find("$(") != std::string::npos) return true;
  return value.is(Kind::null) || declared.is(Kind::null) || sort(value) == sort(declared);
}

std::string_view ModelReader::sort(const Node& node) {
  return node.is_number()         ? "a number"
         : node.is(Kind::boolean) ? "true or false"
         : node.is(Kind::text)    ? "a text"
                                  : "something else";
}

}  // namespace plexus::model::detail

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "plexus/compilers/model/syntax.h"
#include "plexus/compilers/model/yaml.h"

namespace plexus::model {

/// A text read as YAML, with what was said about it.
struct ReadText {
  explicit ReadText(const std::string& text)
      : source(std::make_shared<const Source>("m.yaml", text)),
        root(read_yaml(*source, diagnostics)) {}

  [[nodiscard]] const Node& operator[](std::string_view key) const { return *root.find(key); }
  [[nodiscard]] std::string said() const { return diagnostics.print(); }

  std::shared_ptr<const Source> source;
  Diagnostics diagnostics;
  Node root;
};

/// A text parsed as a model.
struct ParsedModel {
  explicit ParsedModel(const std::string& text, const std::vector<std::string>& settings = {},
                       Role role = Role::model) {
    std::vector<Override> overrides;
    for (const std::string& setting : settings)
      if (auto one = parse_override(setting, diagnostics)) overrides.push_back(std::move(*one));
    model =
        parse_model(std::make_shared<const Source>("m.yaml", text), overrides, diagnostics, role);
  }

  [[nodiscard]] std::string said() const { return diagnostics.print(); }

  Diagnostics diagnostics;
  ModelSyntax model;
};

/// "line:column+length" of a place.
inline std::string at(const Place& place) {
  return std::to_string(place.line) + ':' + std::to_string(place.column) + '+' +
         std::to_string(place.length);
}

/// A small model that is right, with `more` behind it.
inline std::string model_with(const std::string& more) {
  return "plexus: 1\n"
         "components:\n"
         "  lgn: {type: RateCell, n_units: 4}\n"
         "  W: {type: BCMSynapse, shape: [4, 2]}\n"
         "processes:\n"
         "  step: lgn.advance_state >> W.advance_state\n"
         "  reset: {command: reset}\n"
         "data: {x: {file: x.npy}, y: {file: y.npy}}\n" +
         more;
}

}  // namespace plexus::model

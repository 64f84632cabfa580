// Tags, as far as plain YAML has them.
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/words.h"
#include "plexus/compilers/model/yaml/tree_builder.h"

namespace plexus::model::detail {
namespace {

constexpr std::string_view kTag = "tag:yaml.org,2002:";

}  // namespace

Node TreeBuilder::tagged(const Place& here, const std::string& tag, const std::string& value) {
  if (tag == "!") return {here, value, value};
  const auto refuse = [&](std::string_view what) {
    diagnostics_.error(here, fmt::format("'{}' is no {}, as its tag says", value, what),
                       "remove the tag, or correct the value");
    return Node::invalid(here);
  };
  if (tag.starts_with(kTag)) {
    const std::string_view type = std::string_view{tag}.substr(kTag.size());
    const auto scalar = resolve_plain(value);
    if (type == "str") return {here, value, value};
    if (type == "int")
      return scalar && std::holds_alternative<std::int64_t>(*scalar) ? Node{here, *scalar, value}
                                                                     : refuse("integer");
    if (type == "float") {
      if (scalar && std::holds_alternative<std::int64_t>(*scalar))
        return {here, static_cast<double>(std::get<std::int64_t>(*scalar)), value};
      return scalar && std::holds_alternative<double>(*scalar) ? Node{here, *scalar, value}
                                                               : refuse("number");
    }
    if (type == "bool")
      return scalar && std::holds_alternative<bool>(*scalar) ? Node{here, *scalar, value}
                                                             : refuse("boolean");
    if (type == "null")
      return scalar && std::holds_alternative<std::monostate>(*scalar) ? Node{here, *scalar, value}
                                                                       : refuse("null");
  }
  refuse_tag(here, tag);
  return Node::invalid(here);
}

bool TreeBuilder::fits_collection(const std::string& tag, bool mapping) {
  return tag.empty() || tag == "?" || tag == "!" ||
         tag == fmt::format("{}{}", kTag, mapping ? "map" : "seq");
}

void TreeBuilder::refuse_tag(const Place& here, const std::string& tag) {
  diagnostics_.error(
      here, fmt::format("unknown tag '{}'", tag),
      "model files use plain YAML: remove the tag (put a text that begins with ! in quotes)");
}

}  // namespace plexus::model::detail

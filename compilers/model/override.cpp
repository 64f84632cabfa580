// Parameters that are given from outside.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/syntax.h"
#include "plexus/compilers/model/words.h"
#include "plexus/compilers/model/yaml.h"

namespace plexus::model {

std::optional<Override> parse_override(const std::string& setting, Diagnostics& diagnostics) {
  auto source = std::make_shared<const Source>("--set", setting);
  const std::string& text = source->text();
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    diagnostics.error(source->place(0, text.size()), "a setting is NAME=VALUE",
                      "write e.g. --set n_out=36");
    return {};
  }
  const std::string name = text.substr(0, equals);
  const Place place = source->place(0, std::max<std::size_t>(equals, 1));
  if (!is_name(name)) {
    diagnostics.error(place, fmt::format("'{}' cannot be the name of a parameter", name),
                      "write e.g. --set n_out=36");
    return {};
  }
  Node value = read_yaml(*source, equals + 1, diagnostics);
  if (value.is(Node::Kind::invalid)) return {};
  if (!value.is_scalar()) {
    diagnostics.error(
        value.place(),
        fmt::format("the value of '{}' is {}; expected a number, a text, true, false or null", name,
                    value.summary()));
    return {};
  }
  return Override{name, place, std::move(value), std::move(source)};
}

std::vector<Override> overrides_of(const ContextSyntax& context) {
  std::vector<Override> out;
  for (const Node::Entry& entry : context.with)
    out.push_back({entry.key, entry.place, entry.value, nullptr});
  return out;
}

}  // namespace plexus::model

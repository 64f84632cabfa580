// Components, and the parameters that are given for them.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <fmt/format.h>

#include "plexus/compilers/model/builder.h"
#include "plexus/compilers/model/values.h"
#include "plexus/core/registry.h"

namespace plexus::model {
namespace {

/// "did you mean 'tau_theta'? `plexus describe BCMSynapse` lists them all".
std::string suggest_or_describe(const std::string& name, const std::vector<std::string>& known,
                                const std::string& command) {
  const std::string near = nearest(name, known);
  return fmt::format("{}`{}` lists them all",
                     near.empty() ? "" : fmt::format("did you mean '{}'? ", near), command);
}

/// By its name, or one that it once had.
const Parameter* find_parameter(const Parameters& parameters, const std::string& name) {
  const auto& all = parameters.all();
  const auto found = std::ranges::find_if(all, [&](const Parameter& p) {
    return p.name == name || std::ranges::find(p.aliases, name) != p.aliases.end();
  });
  return found == all.end() ? nullptr : &*found;
}

/// The entries as parameters have them: a group, `coeffs: {c0: 1}`, is the parameters "coeffs.c0"
/// and its like.
std::vector<Node::Entry> ungrouped(const std::vector<Node::Entry>& entries,
                                   const Parameters& parameters) {
  std::vector<Node::Entry> all;
  for (const Node::Entry& entry : entries) {
    const bool group = std::ranges::any_of(
        parameters.all(), [&](const Parameter& p) { return p.name.starts_with(entry.key + "."); });
    if (group && entry.value.is(Node::Kind::null)) continue;  // its defaults
    if (!group || !entry.value.is(Node::Kind::mapping)) {
      all.push_back(entry);
      continue;
    }
    for (Node::Entry member : entry.value.entries()) {
      member.key = entry.key + "." + member.key;
      all.push_back(std::move(member));
    }
  }
  return all;
}

bool is_word(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

void Builder::add_component(const ComponentSyntax& syntax) {
  const ComponentType* type = find_component_type(syntax.type.text);
  if (type == nullptr) {
    broken_.insert(syntax.name);
    diagnostics_.error(
        syntax.type.place, fmt::format("there is no component type '{}'", syntax.type.text),
        suggest_or_describe(syntax.type.text, component_type_names(), "plexus describe"));
    for (const auto& entry : model_.defaults) used_defaults_.insert(entry.key);
    return;
  }
  const auto set = type->parameters();
  Parameters parameters = set->describe();
  std::map<std::string, Place> given;
  std::optional<Key> key;
  if (!read_parameters(syntax, parameters, std::string(type->name), given, key)) {
    broken_.insert(syntax.name);
    return;
  }
  try {
    const Component& made = context_.add(*type, syntax.name, set->clone(), key);
    lines_[&made][""] = syntax.place.line;
    for (const auto& [name, place] : given) lines_[&made][name] = place.line;
  } catch (const Error& error) {
    broken_.insert(syntax.name);
    diagnostics_.error(place_of(error, syntax, given), error.problem(), error.remedy());
  }
}

/// Reads what is given, by the model or its defaults, and reports all that is wrong with it: names,
/// values, ranges, and what is missing. `given` gets the place of each value.
bool Builder::read_parameters(const ComponentSyntax& syntax, Parameters& parameters,
                              const std::string& type, std::map<std::string, Place>& given,
                              std::optional<Key>& key) {
  const std::size_t errors = diagnostics_.errors();
  const Values values(diagnostics_, *model_.source);
  std::set<std::string> excused;  // parameters of which nothing more is said: unread, misspelt
  std::map<std::string, std::string> by_default;  // parameter -> key of `defaults`

  for (const auto& entry : ungrouped(syntax.parameters, parameters)) {
    if (entry.key == "key") {
      key = values.key(entry.value, syntax.name);
      continue;
    }
    if (std::ranges::find(parameters.retired(), entry.key) != parameters.retired().end()) {
      diagnostics_.warning(entry.place,
                           fmt::format("{} '{}': the parameter '{}' has no effect any more", type,
                                       syntax.name, entry.key),
                           "leave it out");
      continue;
    }
    const Parameter* named = find_parameter(parameters, entry.key);
    if (named == nullptr) {
      diagnostics_.error(
          entry.place, fmt::format("{} '{}' has no parameter '{}'", type, syntax.name, entry.key),
          suggest_or_describe(entry.key, parameters.names(), "plexus describe " + type));
      excused.insert(nearest(entry.key, parameters.names()));
      continue;
    }
    if (named->name != entry.key)
      diagnostics_.warning(entry.place,
                           fmt::format("{} '{}': the parameter '{}' is now called '{}'", type,
                                       syntax.name, entry.key, named->name),
                           fmt::format("write `{}: …`", named->name));
    if (given.contains(named->name)) {
      diagnostics_.error(
          entry.place,
          fmt::format("{}.{} is given twice, as '{}' too", syntax.name, named->name, entry.key),
          fmt::format("keep '{}' alone", named->name));
      continue;
    }
    given[named->name] = entry.value.place();
    if (!values.read(entry.value, *named, syntax.name + "." + named->name))
      excused.insert(named->name);
  }
  for (const auto& entry : ungrouped(model_.defaults, parameters)) {
    const Parameter* named = find_parameter(parameters, entry.key);
    if (named == nullptr) continue;
    used_defaults_.insert(entry.key.substr(0, entry.key.find('.')));
    if (given.contains(named->name)) continue;
    given[named->name] = entry.value.place();
    by_default[named->name] = entry.key;
    if (!values.read(entry.value, *named, "defaults." + entry.key)) excused.insert(named->name);
  }
  bool sound = diagnostics_.errors() == errors && excused.empty();
  for (const ParameterProblem& p : parameters.problems(type, syntax.name)) {
    sound = false;
    if (excused.contains(p.parameter)) continue;
    // A default that is out of range is one mistake, however many components have it.
    if (const auto found = by_default.find(p.parameter);
        found != by_default.end() && !refused_defaults_.insert(found->second).second)
      continue;
    diagnostics_.error(given.contains(p.parameter) ? given[p.parameter] : syntax.place, p.problem,
                       p.remedy);
  }
  return sound;
}

/// The value that a constructor refused: the parameter that its message names, by a path or as
/// `W.shape`, or that first fills the compartment it names; else the component.
Place Builder::place_of(const Error& error, const ComponentSyntax& syntax,
                        const std::map<std::string, Place>& given) const {
  const std::string& path = error.where().path;
  const std::string leaf = path.substr(path.rfind(':') + 1);
  for (const auto& [parameter, place] : given) {
    const std::string name = syntax.name + "." + parameter;
    const std::string& text = error.problem();
    const bool named =
        text.starts_with(name) && (text.size() == name.size() || !is_word(text[name.size()]));
    const bool fills =
        parameter.ends_with("_init") && leaf.starts_with(parameter.substr(0, parameter.size() - 5));
    if (named || leaf == parameter || fills) return place;
  }
  return syntax.place;
}

void Builder::check_defaults() const {
  if (!model_.broken.empty()) return;  // one of those may have had it
  std::vector<std::string> known;
  for (const Component* c : context_.all_components())
    for (const std::string& name : c->parameters()->describe().names())
      if (std::ranges::find(known, name) == known.end()) known.push_back(name);
  for (const auto& entry : model_.defaults)
    if (!used_defaults_.contains(entry.key))
      diagnostics_.error(entry.place,
                         fmt::format("no component here has a parameter '{}'", entry.key),
                         did_you_mean(entry.key, known));
}

}  // namespace plexus::model

#include "plexus/compilers/model/builder.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/model/values.h"
#include "plexus/core/error.h"
#include "plexus/core/plugin.h"
#include "plexus/core/registry.h"

namespace plexus::model {
namespace {

template <class Items>
std::vector<std::string> names_of(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(item->name());
  return names;
}

/// "did you mean 'tau_theta'? `plexus describe BCMSynapse` lists them all".
std::string suggest_or_describe(const std::string& name, const std::vector<std::string>& known,
                                const std::string& command) {
  const std::string near = nearest(name, known);
  return fmt::format("{}`{}` lists them all", near.empty() ? "" : fmt::format("did you mean '{}'? ", near), command);
}

/// By its name, or one that it once had.
const Parameter* find_parameter(const Parameters& parameters, const std::string& name) {
  const auto& all = parameters.all();
  const auto found = std::ranges::find_if(all, [&](const Parameter& p) {
    return p.name == name || std::ranges::find(p.aliases, name) != p.aliases.end();
  });
  return found == all.end() ? nullptr : &*found;
}

bool is_word(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Names of components that a path may start with, from a context: nested and inner ones too.
std::vector<std::string> component_names(const Context& context) {
  std::vector<std::string> names;
  for (const Component* c : context.all_components()) {
    std::string label = c->label();
    for (const Context* at = &context; at->parent() != nullptr; at = at->parent())
      label = label.substr(label.find('.') + 1);
    names.push_back(label);
    for (const Component* part : c->parts()) names.push_back(label + "." + part->name());
  }
  return names;
}

constexpr std::size_t kMostContexts = 10'000;

}  // namespace

Builder::Builder(const ModelSyntax& model, Context& context, Diagnostics& diagnostics, Builder* outer)
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

// ---- components --------------------------------------------------------------------------------------------

void Builder::add_component(const ComponentSyntax& syntax) {
  const ComponentType* type = find_component_type(syntax.type.text);
  if (type == nullptr) {
    broken_.insert(syntax.name);
    diagnostics_.error(syntax.type.place, fmt::format("there is no component type '{}'", syntax.type.text),
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

/// Reads what is given, by the model or its defaults, and reports all that is wrong with it: names, values,
/// ranges, and what is missing. `given` gets the place of each value.
bool Builder::read_parameters(const ComponentSyntax& syntax, Parameters& parameters, const std::string& type,
                              std::map<std::string, Place>& given, std::optional<Key>& key) {
  const std::size_t errors = diagnostics_.errors();
  const Values values(diagnostics_, *model_.source);
  std::set<std::string> excused;  // parameters of which nothing more is said: unread, misspelt
  std::map<std::string, std::string> by_default;  // parameter -> key of `defaults`

  for (const auto& entry : syntax.parameters) {
    if (entry.key == "key") {
      key = values.key(entry.value, syntax.name);
      continue;
    }
    if (std::ranges::find(parameters.retired(), entry.key) != parameters.retired().end()) {
      diagnostics_.warning(entry.place, fmt::format("{} '{}': the parameter '{}' has no effect any more", type,
                                                    syntax.name, entry.key),
                           "leave it out");
      continue;
    }
    const Parameter* named = find_parameter(parameters, entry.key);
    if (named == nullptr) {
      diagnostics_.error(entry.place, fmt::format("{} '{}' has no parameter '{}'", type, syntax.name, entry.key),
                         suggest_or_describe(entry.key, parameters.names(), "plexus describe " + type));
      excused.insert(nearest(entry.key, parameters.names()));
      continue;
    }
    if (named->name != entry.key)
      diagnostics_.warning(entry.place, fmt::format("{} '{}': the parameter '{}' is now called '{}'", type,
                                                    syntax.name, entry.key, named->name),
                           fmt::format("write `{}: …`", named->name));
    if (given.contains(named->name)) {
      diagnostics_.error(entry.place, fmt::format("{}.{} is given twice, as '{}' too", syntax.name, named->name,
                                                  entry.key),
                         fmt::format("keep '{}' alone", named->name));
      continue;
    }
    given[named->name] = entry.value.place();
    if (!values.read(entry.value, *named, syntax.name + "." + named->name)) excused.insert(named->name);
  }
  for (const auto& entry : model_.defaults) {
    const Parameter* named = find_parameter(parameters, entry.key);
    if (named == nullptr) continue;
    used_defaults_.insert(entry.key);
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
    diagnostics_.error(given.contains(p.parameter) ? given[p.parameter] : syntax.place, p.problem, p.remedy);
  }
  return sound;
}

/// The value that a constructor refused: the parameter that its message names, by a path or as `W.shape`, or
/// that first fills the compartment it names; else the component.
Place Builder::place_of(const Error& error, const ComponentSyntax& syntax,
                        const std::map<std::string, Place>& given) const {
  const std::string& path = error.where().path;
  const std::string leaf = path.substr(path.rfind(':') + 1);
  for (const auto& [parameter, place] : given) {
    const std::string name = syntax.name + "." + parameter;
    const std::string& text = error.problem();
    const bool named = text.starts_with(name) && (text.size() == name.size() || !is_word(text[name.size()]));
    const bool fills = parameter.ends_with("_init") && leaf.starts_with(parameter.substr(0, parameter.size() - 5));
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
      diagnostics_.error(entry.place, fmt::format("no component here has a parameter '{}'", entry.key),
                         did_you_mean(entry.key, known));
}

void Builder::add_context(const ContextSyntax& syntax, std::vector<std::unique_ptr<ModelSyntax>>& nested) {
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

// ---- names -------------------------------------------------------------------------------------------------

Component* Builder::component(const std::string& name, const Place& place) const {
  if (Component* found = context_.find(name)) return found;
  if (broken_.contains(name.substr(0, name.find('.')))) return nullptr;
  std::vector<std::string> known = component_names(context_);
  known.insert(known.end(), broken_.begin(), broken_.end());  // those are there, too
  diagnostics_.error(place, fmt::format("there is no component '{}'", name), did_you_mean(name, known));
  return nullptr;
}

Compartment* Builder::compartment(const Path& path) const {
  Component* owner = component(path.owner(), path.place);
  if (owner == nullptr) return nullptr;
  if (Compartment* found = owner->find_compartment(path.leaf())) return found;
  std::vector<std::string> known;
  for (const Compartment* c : owner->compartments())
    if (c->role() != plexus::Role::internal) known.push_back(c->name());
  diagnostics_.error(path.place,
                     fmt::format("{} '{}' has no compartment '{}'", owner->type().name, path.owner(), path.leaf()),
                     did_you_mean(path.leaf(), known));
  return nullptr;
}

/// Puts `low=0` and the like in their places among the numbers of an operator.
bool Builder::named_arguments(const Expression& syntax, const OperatorType& type, std::vector<double>& numbers) const {
  const auto& arguments = type.arguments;
  const auto refuse = [&](const Place& place, const std::string& problem, const std::string& remedy) {
    diagnostics_.error(place, problem, remedy);
    return false;
  };
  const std::size_t positional = numbers.size();
  std::vector<std::optional<double>> named(arguments.size());
  for (const auto& option : syntax.options) {
    const auto at = std::ranges::find(arguments, option.name, &OperatorArgument::name);
    if (at == arguments.end()) {
      std::vector<std::string> known;
      for (const auto& a : arguments) known.push_back(a.name);
      return refuse(option.place, fmt::format("{} has no argument '{}'", type.name, option.name),
                    known.empty() ? "it takes operands alone" : did_you_mean(option.name, known));
    }
    const auto index = static_cast<std::size_t>(at - arguments.begin());
    if (index < positional)
      return refuse(option.place, fmt::format("{}'s argument '{}' is given twice", type.name, option.name),
                    fmt::format("it is number {} already", positional > 1 ? index + 1 : 1));
    named[index] = option.value;
  }
  if (syntax.options.empty()) return true;  // the expression itself fills in defaults
  for (std::size_t i = positional; i < arguments.size(); ++i) {
    const auto value = named[i] ? named[i] : arguments[i].fallback;
    if (!value)
      return refuse(syntax.place, fmt::format("{} needs the number '{}'", type.name, arguments[i].name),
                    fmt::format("write e.g. {}(a.z, {}=1)", type.name, arguments[i].name));
    numbers.push_back(*value);
  }
  return true;
}

std::optional<plexus::Expression> Builder::expression(const Expression& syntax, std::int64_t turn) const {
  using Kind = Expression::Kind;
  if (syntax.kind == Kind::compartment) {
    Compartment* c = compartment(syntax.path());
    if (c == nullptr) return std::nullopt;
    return plexus::Expression(*c);
  }
  if (syntax.kind == Kind::number) return plexus::Expression(static_cast<float>(syntax.number_at(turn)));

  std::vector<plexus::Expression> operands;
  std::vector<double> numbers;  // those of a call that are no operands
  const OperatorType* type = nullptr;
  switch (syntax.kind) {
    case Kind::negate: type = find_operator("Negate"); break;
    case Kind::subtract: type = find_operator("Subtract"); break;
    default: break;
  }
  if (syntax.kind == Kind::call) {
    type = find_operator(syntax.name);
    if (type == nullptr) {
      std::vector<std::string> known;
      for (const OperatorType* t : operators()) known.push_back(t->name);
      diagnostics_.error(syntax.place, fmt::format("there is no operator '{}'", syntax.name),
                         did_you_mean(syntax.name, known));
      return std::nullopt;
    }
  }
  bool sound = true;
  for (const Expression& operand : syntax.operands) {
    const bool argument = type != nullptr && !type->arguments.empty() && operand.kind == Kind::number &&
                          operands.size() >= type->max_operands;
    if (argument) {
      numbers.push_back(operand.number_at(turn));
      continue;
    }
    auto made = expression(operand, turn);
    sound = sound && made.has_value();
    if (made) operands.push_back(*made);
  }
  if (!sound) return std::nullopt;
  try {
    if (syntax.kind == Kind::add) return operands[0] + operands[1];
    if (syntax.kind == Kind::multiply) return operands[0] * operands[1];
    if (!named_arguments(syntax, *type, numbers)) return std::nullopt;
    return plexus::Expression(*type, std::move(operands), std::move(numbers));
  } catch (const Error& error) {
    diagnostics_.error(syntax.place, error.problem(), error.remedy());
    return std::nullopt;
  }
}

// ---- wires -------------------------------------------------------------------------------------------------

/// "lgn `n_units: 96` (line 9)": the parameter that gives compartment `c` another width; empty if none is known.
std::string Builder::suggestion(const Component& component, const Compartment& c, std::int64_t width) const {
  const auto lines = lines_.find(&component);
  if (component.parameters() == nullptr || lines == lines_.end()) return {};
  Parameters parameters = component.parameters()->describe();
  const auto line = [&](const std::string& parameter) {
    const auto found = lines->second.find(parameter);
    return found != lines->second.end() ? found->second : lines->second.at("");
  };
  if (const Parameter* p = parameters.find("n_units"))
    if (const auto* n = std::get_if<int*>(&p->target); n != nullptr && **n == c.shape().cols())
      return fmt::format("{} `n_units: {}` (line {})", component.name(), width, line("n_units"));
  if (const Parameter* p = parameters.find("shape"))
    if (const auto* shape = std::get_if<Shape*>(&p->target); shape != nullptr && (*shape)->rank() == 2) {
      Shape wanted = **shape;
      const std::string_view symbol = c.dims().empty() ? "" : c.dims().back().symbol;
      wanted[symbol == "n_pre" ? 0 : 1] = width;
      return fmt::format("{} `shape: [{}, {}]` (line {})", component.name(), wanted[0], wanted[1], line("shape"));
    }
  return {};
}

std::string Builder::misfit_remedy(const plexus::Expression& source, const Compartment& to) const {
  const Compartment* from = source.compartment();
  if (from == nullptr || from->shape().rank() != to.shape().rank()) return {};
  if (from->shape().rows() != to.shape().rows() && from->shape().cols() == to.shape().cols())
    return "give both the same batch_size";
  const std::string one = suggestion(from->owner(), *from, to.shape().cols());
  const std::string other = suggestion(to.owner(), to, from->shape().cols());
  if (one.empty() && other.empty()) return {};
  if (one.empty() || other.empty()) return "give " + one + other;
  return fmt::format("give {}, or {}", one, other);
}

void Builder::add_wire(const WireSyntax& syntax) {
  Compartment* destination = compartment(syntax.destination);
  const auto source = expression(syntax.source, 0);
  if (destination == nullptr || !source) return;
  try {
    context_.wire(*source, *destination, {syntax.delayed, where(syntax.place)});
    outermost_->wires_[destination->wire()] = syntax.place;
  } catch (const Error& error) {
    // Of a misfit the file knows more: which parameters, on which lines, would mend it.
    const std::string better =
        error.kind() == Error::Kind::shape ? misfit_remedy(*source, *destination) : std::string{};
    diagnostics_.error(syntax.place, error.problem(), better.empty() ? error.remedy() : better);
  }
}

Place Builder::place_of(const Wire* wire) const {
  const auto found = outermost_->wires_.find(wire);
  return found == outermost_->wires_.end() ? Place{} : found->second;
}

// ---- processes ---------------------------------------------------------------------------------------------

Process* Builder::sound_process(const std::string& name) const {
  return broken_processes_.contains(name) ? nullptr : context_.find_process(name);
}

void Builder::make_processes() {
  for (const ProcessSyntax& syntax : model_.processes) {
    if (const auto* command = std::get_if<Command>(&syntax.steps)) {
      if (!make_command(syntax, *command)) broken_processes_.insert(syntax.name);
    } else {
      context_.process(syntax.name);
    }
  }
  for (const ProcessSyntax& syntax : model_.processes)
    if (!fill_process(syntax)) broken_processes_.insert(syntax.name);
  const auto is_join = [](const ProcessSyntax& p) { return std::holds_alternative<Join>(p.steps); };
  for (const ProcessSyntax& syntax : model_.processes)
    if (!is_join(syntax)) compile(syntax);
  // What joins a broken process is broken too.
  for (std::size_t before = broken_processes_.size() + 1; before != broken_processes_.size();) {
    before = broken_processes_.size();
    for (const ProcessSyntax& syntax : model_.processes)
      if (const auto* join = std::get_if<Join>(&syntax.steps))
        for (const Word& word : join->processes)
          if (sound_process(word.text) == nullptr) broken_processes_.insert(syntax.name);
  }
  for (const ProcessSyntax& syntax : model_.processes)
    if (is_join(syntax)) compile(syntax);
}

/// False if something of it was reported, or may be missing because a component was.
bool Builder::make_command(const ProcessSyntax& syntax, const Command& command) {
  CommandSpec spec;
  spec.has_only = command.has_only;
  bool sound = broken_.empty();
  std::vector<std::string> known;
  for (const Component* c : context_.all_components())
    for (const Method* m : c->methods())
      if (std::ranges::find(known, m->name()) == known.end()) known.push_back(m->name());
  for (const Word& method : command.methods) {
    if (std::ranges::find(known, method.text) == known.end() && broken_.empty()) {
      diagnostics_.error(method.place, fmt::format("no component has a method '{}'", method.text),
                         did_you_mean(method.text, known));
      sound = false;
    }
    spec.methods.push_back(method.text);
  }
  const auto name = [&](const std::vector<Path>& paths, std::vector<std::string>& into) {
    for (const Path& path : paths) {
      if (component(path.text, path.place) == nullptr)
        sound = false;
      else
        into.push_back(path.text);
    }
  };
  name(command.only, spec.only);
  name(command.except, spec.except);
  context_.command(syntax.name, std::move(spec));
  return sound;
}

bool Builder::fill_process(const ProcessSyntax& syntax) {
  Process& process = *context_.find_process(syntax.name);
  bool sound = true;
  if (const auto* chain = std::get_if<Chain>(&syntax.steps)) {
    for (const Path& path : chain->methods) {
      const Component* owner = component(path.owner(), path.place);
      sound = sound && owner != nullptr;
      if (owner == nullptr) continue;
      if (Method* method = owner->find_method(path.leaf())) {
        process.then(*method);
        continue;
      }
      sound = false;
      diagnostics_.error(path.place, fmt::format("{} '{}' has no method '{}'", owner->type().name, path.owner(),
                                                 path.leaf()),
                         did_you_mean(path.leaf(), names_of(owner->methods())));
    }
    return sound && !chain->broken;
  }
  if (const auto* join = std::get_if<Join>(&syntax.steps)) {
    for (const Word& word : join->processes)
      if (Process* child = context_.find_process(word.text))
        process.then(*child);
      else
        sound = false;
    return sound && !join->broken;
  }
  return true;
}

/// Reports what only a compiled process shows. Components that are missing change nothing of that.
void Builder::compile(const ProcessSyntax& syntax) {
  const auto* chain = std::get_if<Chain>(&syntax.steps);
  if (chain == nullptr && broken_processes_.contains(syntax.name)) return;
  try {
    for (const Plan::Warning& warning : context_.find_process(syntax.name)->plan().warnings) warn(warning, syntax);
  } catch (const Error& error) {
    Place place = syntax.place;
    if (chain != nullptr) {
      for (const Path& path : chain->methods)
        if (error.problem().starts_with(path.text + " ")) place = path.place;
    } else if (const auto* command = std::get_if<Command>(&syntax.steps)) {
      for (const Word& method : command->methods)
        if (error.problem().ends_with(fmt::format("'{}'", method.text))) place = method.place;
    }
    broken_processes_.insert(syntax.name);
    diagnostics_.error(place, error.problem(), error.remedy());
  }
}

/// A cycle: its first line is the problem; hops and remedy follow.
void Builder::warn(const Plan::Warning& warning, const ProcessSyntax& syntax) {
  if (std::holds_alternative<Join>(syntax.steps)) return;  // said of the command that is joined
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= warning.text.size();) {
    const auto end = std::min(warning.text.find('\n', at), warning.text.size());
    lines.push_back(warning.text.substr(at, end - at));
    at = end + 1;
  }
  const Place place = place_of(warning.wire);
  Problem problem{Problem::Severity::warning, place.known() ? place : syntax.place, lines.front(), {}, {}, false};
  for (std::size_t i = 1; i + 1 < lines.size(); ++i)
    problem.notes.push_back(lines[i].substr(lines[i].find_first_not_of(' ')));
  problem.remedy = lines.back().substr(lines.back().find_first_not_of(' '));
  diagnostics_.report(std::move(problem));
}

}  // namespace plexus::model

#include "plexus/compilers/model/builder.h"

#include <algorithm>

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


}  // namespace

Builder::Builder(const ModelSyntax& model, Context& context, Diagnostics& diagnostics)
    : model_(model), context_(context), diagnostics_(diagnostics) {}

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
  const std::size_t errors = diagnostics_.errors();
  const ComponentType* type = find_component_type(syntax.type.text);
  if (type == nullptr) {
    broken_.insert(syntax.name);
    diagnostics_.error(syntax.type.place, fmt::format("there is no component type '{}'", syntax.type.text),
                       did_you_mean(syntax.type.text, component_type_names()) +
                           "; `plexus describe` lists them all");
    for (const auto& entry : model_.defaults) used_defaults_.insert(entry.key);
    return;
  }
  const auto set = type->parameters();
  Parameters parameters = set->describe();
  const Values values(diagnostics_, *model_.source);
  std::map<std::string, Place> given;  // parameter -> place of its value
  std::map<std::string, int> lines{{"", syntax.place.line}};
  std::optional<Key> key;

  for (const auto& entry : syntax.parameters) {
    if (entry.key == "key") {
      key = values.key(entry.value, syntax.name);
      continue;
    }
    const auto& all = parameters.all();
    const auto named = std::ranges::find_if(all, [&](const Parameter& p) {
      return p.name == entry.key || std::ranges::find(p.aliases, entry.key) != p.aliases.end();
    });
    if (named == all.end()) {
      const std::vector<std::string> known = parameters.names();
      const std::string near = nearest(entry.key, known);
      diagnostics_.error(entry.place, fmt::format("{} '{}' has no parameter '{}'", type->name, syntax.name, entry.key),
                         fmt::format("{}`plexus describe {}` lists them all",
                                     near.empty() ? "" : fmt::format("did you mean '{}'? ", near), type->name));
      continue;
    }
    if (named->name != entry.key)
      diagnostics_.warning(entry.place, fmt::format("{} '{}': the parameter '{}' is now called '{}'", type->name,
                                                    syntax.name, entry.key, named->name),
                           fmt::format("write `{}: …`", named->name));
    if (given.contains(named->name)) {
      diagnostics_.error(entry.place, fmt::format("{}.{} is given twice, as '{}' too", syntax.name, named->name,
                                                  entry.key),
                         fmt::format("keep '{}' alone", named->name));
      continue;
    }
    given[named->name] = entry.value.place();
    lines[named->name] = entry.place.line;
    values.read(entry.value, *named, syntax.name + "." + named->name);
  }
  for (const auto& entry : model_.defaults) {
    const Parameter* p = parameters.find(entry.key);
    if (p == nullptr) continue;
    used_defaults_.insert(entry.key);
    if (given.contains(entry.key)) continue;
    given[entry.key] = entry.value.place();
    values.read(entry.value, *p, syntax.name + "." + entry.key);
  }
  if (diagnostics_.errors() == errors)
    for (const ParameterProblem& p : parameters.problems(std::string(type->name), syntax.name))
      diagnostics_.error(given.contains(p.parameter) ? given[p.parameter] : syntax.place, p.problem, p.remedy);
  else  // what could not be read must not be called missing too
    for (const ParameterProblem& p : parameters.problems(std::string(type->name), syntax.name))
      if (const auto* parameter = parameters.find(p.parameter); parameter->missing() && !given.contains(p.parameter))
        diagnostics_.error(syntax.place, p.problem, p.remedy);
  if (diagnostics_.errors() != errors) {
    broken_.insert(syntax.name);
    return;
  }
  try {
    const Component& made = context_.add(*type, syntax.name, set->clone(), key);
    lines_[&made] = std::move(lines);
  } catch (const Error& error) {
    broken_.insert(syntax.name);
    const auto parameter = error.where().path.substr(error.where().path.rfind(':') + 1);
    diagnostics_.error(given.contains(parameter) ? given[parameter] : syntax.place, error.problem(), error.remedy());
  }
}

void Builder::check_defaults() const {
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
  std::size_t depth = 0;
  for (const Context* c = &context_; c->parent() != nullptr; c = c->parent()) ++depth;
  constexpr std::size_t kDeepest = 32;
  if (depth >= kDeepest) {
    diagnostics_.error(syntax.place, fmt::format("contexts are nested more than {} deep", kDeepest),
                       "a model that contains itself never ends");
    return;
  }
  std::shared_ptr<const Source> source;
  try {
    source = Source::read(beside(*model_.source, syntax.model.text).string());
  } catch (const Error& error) {
    broken_.insert(syntax.name);
    diagnostics_.error(syntax.model.place, error.problem(), error.remedy());
    return;
  }
  nested.push_back(std::make_unique<ModelSyntax>(
      parse_model(source, overrides_of(syntax), diagnostics_, plexus::model::Role::nested)));
  const std::size_t errors = diagnostics_.errors();
  const ModelSyntax& inner = *nested.back();
  Builder(inner, context_.context(syntax.name), diagnostics_).build(nested);
  if (diagnostics_.errors() != errors) broken_.insert(syntax.name);
}

// ---- names -------------------------------------------------------------------------------------------------

Component* Builder::component(const std::string& name, const Place& place) const {
  if (Component* found = context_.find(name)) return found;
  if (broken_.contains(name.substr(0, name.find('.')))) return nullptr;
  diagnostics_.error(place, fmt::format("there is no component '{}'", name),
                     did_you_mean(name, component_names(context_)));
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
    for (const auto& option : syntax.options) {
      const auto& arguments = type->arguments;
      const auto at = std::ranges::find(arguments, option.name, &OperatorArgument::name);
      if (at == arguments.end()) {
        std::vector<std::string> known;
        for (const auto& a : arguments) known.push_back(a.name);
        diagnostics_.error(option.place, fmt::format("{} has no argument '{}'", type->name, option.name),
                           known.empty() ? "it takes operands alone" : did_you_mean(option.name, known));
        return std::nullopt;
      }
      const auto index = static_cast<std::size_t>(at - arguments.begin());
      for (std::size_t i = numbers.size(); i < index; ++i)
        numbers.push_back(arguments[i].fallback.value_or(0));
      if (numbers.size() == index)
        numbers.push_back(option.value);
      else
        numbers[index] = option.value;
    }
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
  } catch (const Error& error) {
    const bool misfit = error.kind() == Error::Kind::shape && error.remedy().empty();
    diagnostics_.error(syntax.place, error.problem(), misfit ? misfit_remedy(*source, *destination) : error.remedy());
  }
}

// ---- processes ---------------------------------------------------------------------------------------------

void Builder::make_processes() {
  for (const ProcessSyntax& syntax : model_.processes) {
    if (const auto* command = std::get_if<Command>(&syntax.steps)) {
      CommandSpec spec;
      spec.has_only = command->has_only;
      bool sound = true;
      for (const Word& method : command->methods) {
        std::vector<std::string> known;
        for (const Component* c : context_.all_components())
          for (const Method* m : c->methods())
            if (std::ranges::find(known, m->name()) == known.end()) known.push_back(m->name());
        if (std::ranges::find(known, method.text) == known.end() && broken_.empty()) {
          diagnostics_.error(method.place, fmt::format("no component has a method '{}'", method.text),
                             did_you_mean(method.text, known));
          sound = false;
        }
        spec.methods.push_back(method.text);
      }
      for (const Path& path : command->only) {
        sound = component(path.text, path.place) != nullptr && sound;
        spec.only.push_back(path.text);
      }
      for (const Path& path : command->except) {
        sound = component(path.text, path.place) != nullptr && sound;
        spec.except.push_back(path.text);
      }
      if (!sound) spec.only.clear();
      context_.command(syntax.name, std::move(spec));
    } else {
      context_.process(syntax.name);
    }
  }
  for (const ProcessSyntax& syntax : model_.processes) fill_process(syntax);
  if (diagnostics_.errors() > 0) return;
  for (const ProcessSyntax& syntax : model_.processes) compile(syntax);
}

void Builder::fill_process(const ProcessSyntax& syntax) {
  Process& process = *context_.find_process(syntax.name);
  if (const auto* chain = std::get_if<Chain>(&syntax.steps)) {
    for (const Path& path : chain->methods) {
      const Component* owner = component(path.owner(), path.place);
      if (owner == nullptr) continue;
      if (Method* method = owner->find_method(path.leaf())) {
        process.then(*method);
        continue;
      }
      diagnostics_.error(path.place, fmt::format("{} '{}' has no method '{}'", owner->type().name, path.owner(),
                                                 path.leaf()),
                         did_you_mean(path.leaf(), names_of(owner->methods())));
    }
  } else if (const auto* join = std::get_if<Join>(&syntax.steps)) {
    for (const Word& word : join->processes)
      if (Process* child = context_.find_process(word.text)) process.then(*child);
  }
}

void Builder::compile(const ProcessSyntax& syntax) {
  try {
    const Plan& plan = context_.find_process(syntax.name)->plan();
    for (const Plan::Warning& warning : plan.warnings) {
      Place place = syntax.place;
      for (const WireSyntax& wire : model_.wires)
        if (warning.wire != nullptr && wire.place.line == warning.wire->where.line) place = wire.place;
      // The first line is the problem; hops and remedy follow.
      std::vector<std::string> lines;
      for (std::size_t at = 0; at <= warning.text.size();) {
        const auto end = std::min(warning.text.find('\n', at), warning.text.size());
        lines.push_back(warning.text.substr(at, end - at));
        at = end + 1;
      }
      Problem problem{Problem::Severity::warning, place, lines.front(), {}, {}, false};
      problem.notes.assign(lines.begin() + 1, lines.end() - 1);
      problem.remedy = lines.back().substr(lines.back().find_first_not_of(' '));
      diagnostics_.report(std::move(problem));
    }
  } catch (const Error& error) {
    Place place = syntax.place;
    if (const auto* chain = std::get_if<Chain>(&syntax.steps))
      for (const Path& path : chain->methods)
        if (error.problem().starts_with(path.text + " ")) place = path.place;
    diagnostics_.error(place, error.problem(), error.remedy());
  }
}

}  // namespace plexus::model

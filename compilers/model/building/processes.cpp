// Processes.
#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/builder.h"

namespace plexus::model {
namespace {

template <class Items>
std::vector<std::string> names_of(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(item->name());
  return names;
}

}  // namespace

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
      diagnostics_.error(
          path.place,
          fmt::format("{} '{}' has no method '{}'", owner->type().name, path.owner(), path.leaf()),
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
    for (const Plan::Warning& warning : context_.find_process(syntax.name)->plan().warnings)
      warn(warning, syntax);
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
  Problem problem{Problem::Severity::warning,
                  place.known() ? place : syntax.place,
                  lines.front(),
                  {},
                  {},
                  false};
  for (std::size_t i = 1; i + 1 < lines.size(); ++i)
    problem.notes.push_back(lines[i].substr(lines[i].find_first_not_of(' ')));
  problem.remedy = lines.back().substr(lines.back().find_first_not_of(' '));
  diagnostics_.report(std::move(problem));
}

}  // namespace plexus::model

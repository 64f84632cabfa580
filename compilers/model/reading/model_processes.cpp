// Processes: chains, joins and commands.
#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/model/reading/model_reader.h"

namespace plexus::model::detail {

void ModelReader::processes() {
  const Node* node = section("processes");
  if (!node || !reader_.mapping(*node, "processes",
                                "write `processes: {step: [lgn.advance_state, W.evolve]}`"))
    return;
  for (const Node::Entry& entry : node->entries()) process_names_.push_back(entry.key);
  for (const Node::Entry& entry : node->entries()) {
    if (!reader_.check_name(entry.key, entry.place, "process")) continue;
    if (auto steps = process(entry))
      model_.processes.push_back({entry.key, entry.place, std::move(*steps)});
  }
  refuse_cycles();
}

std::optional<ModelReader::Steps> ModelReader::process(const Node::Entry& entry) {
  static constexpr const char* kForms =
      "write a text `a.advance_state >> W.evolve`, a list of such, {join: [P, Q]} or {command: "
      "reset}";
  const Node& node = entry.value;
  if (node.is(Kind::text)) {
    auto methods = parse_chain(node, reader_.diagnostics());
    if (!methods) return {};
    return Chain{std::move(*methods)};
  }
  if (node.is(Kind::list)) {
    if (node.items().empty())
      return reader_.mismatch(entry.value, fmt::format("process '{}'", entry.key),
                              "at least one method", kForms);
    Chain out;
    for (const Node& item : node.items())
      if (auto methods = parse_chain(item, reader_.diagnostics()))
        std::ranges::move(*methods, std::back_inserter(out.methods));
      else
        out.broken = true;
    return out;
  }
  if (!node.is(Kind::mapping))
    return reader_.mismatch(node, fmt::format("process '{}'", entry.key),
                            "a chain of methods, a join or a command", kForms);
  const Node* join_of = node.find("join");
  const Node* command_of = node.find("command");
  if (join_of && command_of) {
    reader_.error(node.entry("command")->place,
                  fmt::format("process '{}' is a join and a command", entry.key),
                  "write two processes, and join them");
    return {};
  }
  if (join_of) {
    reader_.check_keys(node, "a join", {"join"});
    return join(*join_of);
  }
  if (command_of) {
    reader_.check_keys(node, "a command", {"command", "only", "except"});
    return command(node, *command_of);
  }
  reader_.check_keys(node, "a process", {"join", "command", "only", "except"});
  reader_.error(entry.place, fmt::format("process '{}' is neither a join nor a command", entry.key),
                kForms);
  return {};
}

std::optional<ModelReader::Steps> ModelReader::join(const Node& list) {
  if (!reader_.list(list, "join", "write {join: [advance, learn]}")) return {};
  Join out;
  for (const Node& item : list.items()) {
    if (item.is(Kind::text) && item.text().find('.') != std::string::npos) {
      reader_.error(item.place(),
                    fmt::format("a join takes processes, and '{}' is a method", item.text()),
                    "make it a process of its own: `learn: [W.evolve]`");
      out.broken = true;
      continue;
    }
    if (const auto known = reader_.known(item, "process", process_names_))
      out.processes.push_back(*known);
    else
      out.broken = true;
  }
  if (list.items().empty()) return reader_.mismatch(list, "join", "at least one process");
  return out;
}

std::optional<ModelReader::Steps> ModelReader::command(const Node& node, const Node& methods) {
  Command out;
  const auto add = [&](const Node& item) {
    if (auto name = reader_.name(item, "command")) out.methods.push_back(std::move(*name));
  };
  if (methods.is(Kind::list))
    std::ranges::for_each(methods.items(), add);
  else
    add(methods);
  if (methods.is(Kind::list) && methods.items().empty())
    return reader_.mismatch(methods, "command", "at least one method");
  const auto names = [&](const char* key, std::vector<Path>& into) {
    const Node* list = node.find(key);
    if (!list || !reader_.list(*list, key, fmt::format("write {}: [lgn, W]", key))) return;
    for (const Node& item : list->items())
      if (auto path = parse_path(item, 1, reader_.diagnostics())) into.push_back(std::move(*path));
  };
  names("only", out.only);
  names("except", out.except);
  out.has_only = node.find("only") != nullptr;
  if (out.methods.empty()) return {};
  return out;
}

/// A process that joins itself, directly or through others, has no end.
void ModelReader::refuse_cycles() {
  enum class State { open, closed };
  std::map<std::string, State, std::less<>> state;
  std::vector<std::string> path;
  const std::function<void(const ProcessSyntax&)> visit = [&](const ProcessSyntax& process) {
    state[process.name] = State::open;
    path.push_back(process.name);
    if (const auto* joined = std::get_if<Join>(&process.steps))
      for (const Word& word : joined->processes) {
        const ProcessSyntax* next = model_.process(word.text);
        if (!next) continue;
        if (const auto seen = state.find(word.text); seen == state.end()) {
          visit(*next);
        } else if (seen->second == State::open) {
          const auto begin = std::ranges::find(path, word.text);
          reader_.error(word.place,
                        fmt::format("process '{}' joins itself: {} -> {}", word.text,
                                    fmt::join(begin, path.end(), " -> "), word.text),
                        "leave it out of one of these joins");
          cyclic_.insert(begin, path.end());
        }
      }
    path.pop_back();
    state[process.name] = State::closed;
  };
  for (const ProcessSyntax& process : model_.processes)
    if (!state.contains(process.name)) visit(process);
  std::erase_if(model_.processes,
                [&](const ProcessSyntax& process) { return cyclic_.contains(process.name); });
}

}  // namespace plexus::model::detail

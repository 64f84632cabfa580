#include "plexus/compilers/model/reading/protocol_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace plexus::model::detail {
namespace {

/// In order of precedence: a run may have a clamp, a checkpoint an every.
const std::vector<std::string> kStatements{"run",    "checkpoint", "for",       "repeat",
                                           "every",  "clamp",      "normalize", "set",
                                           "record", "save",       "load",      "log"};

}  // namespace

std::vector<Statement> ProtocolReader::statements(const Node& list, std::string_view where) {
  std::vector<Statement> out;
  if (!reader_.list(list, where, "each statement is an entry of its own: `- run: step`"))
    return out;
  for (const Node& node : list.items())
    if (auto one = statement(node)) out.push_back(std::move(*one));
  return out;
}

bool ProtocolReader::is_statement(const std::string& key) {
  return std::ranges::find(kStatements, key) != kStatements.end();
}

std::optional<Statement> ProtocolReader::statement(const Node& node) {
  if (!node.is(Node::Kind::mapping))
    return reader_.mismatch(node, "this statement", "a mapping",
                            "write e.g. `run: step`, with a space behind the colon");
  if (node.entries().empty())
    return reader_.mismatch(node, "this statement", "one with a key, e.g. `run: step`");
  const auto kind =
      std::ranges::find_if(kStatements, [&](const std::string& k) { return node.find(k); });
  if (kind == kStatements.end()) {
    const Node::Entry& first = node.entries().front();
    reader_.error(first.place, fmt::format("there is no statement '{}'", first.key),
                  did_you_mean(first.key, kStatements));
    return {};
  }
  const Node::Entry& entry = *node.entry(*kind);
  const auto make = [&](auto&& parsed) -> std::optional<Statement> {
    if (!parsed) return {};
    return Statement{entry.place, std::move(*parsed)};
  };
  const auto whole = [&](auto&& parsed) {  // kept though something in it was reported
    return Statement{entry.place, std::move(parsed)};
  };
  if (*kind == "run") {
    check_keys(node, *kind, {});
    return whole(run(node));
  }
  if (*kind == "for") {
    check_keys(node, *kind, {"for", "batch", "shuffle", "limit", "epochs", "remainder", "do"});
    return whole(for_each(node));
  }
  if (*kind == "repeat") {
    check_keys(node, *kind, {"repeat", "do"});
    return whole(repeat(node));
  }
  if (*kind == "every") {
    check_keys(node, *kind, {"every", "do"});
    return whole(every(node));
  }
  if (*kind == "checkpoint") {
    check_keys(node, *kind, {"checkpoint", "every"});
    refuse(entry);
    return {};
  }
  check_keys(node, *kind, {*kind});
  if (*kind == "clamp") {
    ClampOnce out{clamps(value(entry))};
    return Statement{entry.place, std::move(out)};
  }
  if (*kind == "normalize") return make(normalize(value(entry)));
  if (*kind == "set") return make(assign(entry));
  if (*kind == "record") return make(record(value(entry)));
  if (*kind == "log") return make(log(value(entry)));
  refuse(entry);
  return {};
}

Node ProtocolReader::value(const Node::Entry& entry) const {
  return interpolate(entry.value, scope_, reader_.diagnostics());
}

/// Keys that are no part of the statement; a run takes any that name no other statement.
void ProtocolReader::check_keys(const Node& node, const std::string& kind,
                                const std::vector<std::string>& allowed) {
  for (const Node::Entry& entry : node.entries()) {
    if (std::ranges::find(allowed, entry.key) != allowed.end()) continue;
    const bool other = is_statement(entry.key);
    if (kind == "run" && (!other || entry.key == "run" || entry.key == "clamp")) continue;
    if (other)
      reader_.error(
          entry.place,
          fmt::format("'{}' is a statement of its own, not a part of '{}'", entry.key, kind),
          fmt::format("give it an entry of its own: `- {}: …`", entry.key));
    else
      reader_.error(entry.place, fmt::format("unknown key '{}' in a '{}'", entry.key, kind),
                    did_you_mean(entry.key, allowed));
  }
}

void ProtocolReader::refuse(const Node::Entry& entry) {
  const std::string what = entry.key == "checkpoint" ? "write checkpoints"
                           : entry.key == "save"     ? "write saves"
                                                     : "load saves";
  reader_.error(
      entry.place, fmt::format("this version of Plexus does not {} yet", what),
      entry.key == "load"
          ? "remove the statement; arrays are read by `{file: w.npy}` in place of a parameter"
          : "remove the statement; `record` keeps arrays in the recording");
}

}  // namespace plexus::model::detail

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "plexus/compilers/model/reader.h"
#include "plexus/compilers/model/yaml.h"

namespace plexus::model {
namespace {

/// In order of precedence: a run may have a clamp, a checkpoint an every.
const std::vector<std::string> kStatements{"run",    "checkpoint", "for",       "repeat",
                                           "every",  "clamp",      "normalize", "set",
                                           "record", "save",       "load",      "log"};

const std::vector<std::string> kRunKeys{"run", "steps", "dt", "t", "clamp"};

[[noreturn]] void refuse(const Place& place, const std::string& problem) {
  throw Error(Error::Kind::config,
              {place.source ? place.source->file() : "", place.line, place.column, {}}, problem);
}

}  // namespace

template <>
std::int64_t Integer::at(std::int64_t turn) const {
  if (!formula) return fixed;
  const Node value{place, formula->at(turn)};
  const auto whole = value.whole();
  if (!whole || *whole < least || *whole > detail::kMostCounted)
    refuse(place, fmt::format("{} is {} in turn i = {}; expected an integer >= {}", what,
                              value.summary(), turn, least));
  return *whole;
}

template <>
double Real::at(std::int64_t turn) const {
  if (!formula) return fixed;
  const Node value{place, formula->at(turn)};
  if (!value.is_number() || !detail::is_finite_float(value.real()) ||
      (above && static_cast<double>(static_cast<float>(value.real())) <= least))
    refuse(place, fmt::format("{} is {} in turn i = {}; expected {}{}", what, value.summary(), turn,
                              detail::a_number(value), above ? fmt::format(" > {}", least) : ""));
  return value.real();
}

std::string Log::at(std::int64_t turn) const {
  return format_scalar(text.at(turn).scalar());
}

namespace detail {

std::vector<Statement> ProtocolReader::statements(const Node& list, std::string_view where) {
  std::vector<Statement> out;
  if (!reader_.list(list, where, "each statement is an entry of its own: `- run: step`"))
    return out;
  for (const Node& node : list.items())
    if (auto one = statement(node)) out.push_back(std::move(*one));
  return out;
}

Node ProtocolReader::value(const Node::Entry& entry) const {
  return interpolate(entry.value, scope_, reader_.diagnostics());
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

/// Keys that are no part of the statement; a run takes any that name no other statement.
void ProtocolReader::check_keys(const Node& node, const std::string& kind,
                                const std::vector<std::string>& allowed) {
  for (const Node::Entry& entry : node.entries()) {
    if (std::ranges::find(allowed, entry.key) != allowed.end()) continue;
    const bool other = std::ranges::find(kStatements, entry.key) != kStatements.end();
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

std::vector<Statement> ProtocolReader::body(const Node& node, const Node::Entry& owner, bool loop) {
  const Node* list = node.find("do");
  if (!list) {
    reader_.error(owner.place, fmt::format("this '{}' lacks the key 'do'", owner.key),
                  "add `do:` with a list of statements");
    return {};
  }
  const bool outer = scope_.in_loop;
  scope_.in_loop = outer || loop;
  auto out = statements(*list, "do");
  scope_.in_loop = outer;
  return out;
}

Run ProtocolReader::run(const Node& node) {
  Run out;
  out.steps.fixed = 1;
  out.steps.what = "steps";
  bool good = true;
  for (const Node::Entry& entry : node.entries()) {
    if (entry.key == "run") {
      const auto process = reader_.known(value(entry), "process", processes_);
      good = good && process;
      if (process) out.process = *process;
    } else if (entry.key == "steps") {
      const auto steps = reader_.count(value(entry), "steps", 0);
      good = good && steps;
      if (steps) out.steps = *steps;
    } else if (entry.key == "dt") {
      out.dt = reader_.number(value(entry), "dt", true);
      good = good && out.dt;
    } else if (entry.key == "t") {
      const Node t = value(entry);
      out.t_place = entry.place;
      if (t.is(Node::Kind::text)) {
        const std::vector<std::string> words{"continue"};
        if (t.text() != words[0]) {
          reader_.mismatch(t, "t", "a number or `continue`",
                           nearest(t.text(), words).empty() ? "" : did_you_mean(t.text(), words));
          good = false;
        }
        out.t = ContinueTime{};
      } else if (const auto time = reader_.number(t, "t")) {
        out.t = *time;
      } else {
        good = false;
      }
    } else if (entry.key == "clamp") {
      out.clamps = clamps(value(entry));
    } else if (std::ranges::find(kStatements, entry.key) == kStatements.end()) {
      good = keyword(entry, out) && good;
    }
  }
  out.broken = !good;
  return out;
}

/// A key of a run that is no part of it must be a keyword of the process, a number.
bool ProtocolReader::keyword(const Node::Entry& entry, Run& run) {
  if (!reader_.check_name(entry.key, entry.place, "keyword")) return false;
  const Node given = value(entry);
  if (given.is(Node::Kind::list) || given.is(Node::Kind::mapping)) {
    reader_.error(
        entry.place,
        fmt::format("unknown key '{}' in a 'run', and no keyword: those are numbers", entry.key),
        did_you_mean(entry.key, kRunKeys));
    return false;
  }
  const auto number = reader_.number(given, fmt::format("the keyword '{}'", entry.key));
  run.keywords.push_back({entry.key, entry.place, number.value_or(Real{})});
  return number.has_value();
}

For ProtocolReader::for_each(const Node& node) {
  const Node::Entry& entry = *node.entry("for");
  For out;
  out.batch.fixed = out.epochs.fixed = 1;
  out.batch.what = "batch";
  out.epochs.what = "epochs";
  bool good = true;
  const auto add = [&](const Node& name) {
    const auto data = reader_.known(name, "data", data_);
    good = good && data;
    if (!data) return;
    if (std::ranges::find(out.data, data->text, &Word::text) != out.data.end())
      reader_.error(data->place, fmt::format("'{}' comes twice in this 'for'", data->text),
                    "name each data once");
    out.data.push_back(*data);
  };
  const Node names = value(entry);
  if (names.is(Node::Kind::list)) {
    if (names.items().empty())
      reader_.mismatch(names, "for", "the name of data, or several"), good = false;
    std::ranges::for_each(names.items(), add);
  } else {
    add(names);
  }
  const auto read = [&](const char* key, auto&& take) {
    if (const Node::Entry* found = node.entry(key)) take(value(*found));
  };
  read("batch", [&](const Node& n) {
    const auto batch = reader_.count(n, "batch", 1);
    good = good && batch;
    if (batch) out.batch = *batch;
  });
  read("epochs", [&](const Node& n) {
    const auto epochs = reader_.count(n, "epochs", 0);
    good = good && epochs;
    if (epochs) out.epochs = *epochs;
  });
  read("limit", [&](const Node& n) {
    out.limit = reader_.count(n, "limit", 0);
    good = good && out.limit;
  });
  read("shuffle",
       [&](const Node& n) { out.shuffle = reader_.boolean(n, "shuffle").value_or(false); });
  read("remainder", [&](const Node& n) {
    const auto word = reader_.one_of(n, "remainder", {"drop", "fill"});
    good = good && word;
    out.remainder = word == "fill" ? For::Remainder::fill : For::Remainder::drop;
    out.remainder_place = n.place();
  });
  out.body = body(node, entry, true);
  out.broken = !good;
  return out;
}

Repeat ProtocolReader::repeat(const Node& node) {
  const Node::Entry& entry = *node.entry("repeat");
  const auto times = reader_.count(value(entry), "repeat", 0);
  return {times.value_or(Integer{}), body(node, entry, true), !times};
}

Every ProtocolReader::every(const Node& node) {
  const Node::Entry& entry = *node.entry("every");
  const bool in_loop = scope_.in_loop;
  if (!in_loop)
    reader_.error(entry.place, "'every' stands outside of any loop",
                  "put it below the `do` of a for or a repeat, whose turns it counts");
  const auto turns = reader_.count(value(entry), "every", 1);
  return {turns.value_or(Integer{}), body(node, entry, false), !turns || !in_loop};
}

std::optional<Normalize> ProtocolReader::normalize(const Node& mapping) {
  if (!reader_.mapping(mapping, "normalize",
                       "write `normalize: {W.weights: {order: 1, axis: 0, norm: 78.4}}`"))
    return {};
  Normalize out;
  for (const Node::Entry& entry : mapping.entries()) {
    const auto path = parse_path(entry.key, entry.place, 2, reader_.diagnostics());
    if (!reader_.mapping(entry.value, fmt::format("the norm of {}", entry.key),
                         "write {order: 1, axis: 0, norm: 78.4}"))
      continue;
    reader_.check_keys(entry.value, "a normalize", {"order", "axis", "norm"});
    Normalize::Matrix one;
    bool good = path.has_value();
    if (path) one.compartment = *path;
    if (const Node* order = entry.value.find("order")) {
      const auto value = reader_.integer(*order, "order", 1, 2);
      good = good && value;
      one.order = value.value_or(1);
    }
    if (const Node* axis = entry.value.find("axis")) {
      const auto value = reader_.integer(*axis, "axis", 0, 1);
      good = good && value;
      one.axis = value.value_or(0);
    }
    if (const Node* norm = entry.value.find("norm")) {
      const auto value = reader_.number(*norm, "norm");
      good = good && value;
      if (value) one.norm = *value;
    } else {
      reader_.error(entry.place, fmt::format("the norm of {} is missing", entry.key),
                    "add e.g. `norm: 1.0`");
      good = false;
    }
    if (good) out.matrices.push_back(std::move(one));
  }
  return out;
}

std::optional<Assign> ProtocolReader::assign(const Node::Entry& entry) {
  if (!reader_.mapping(entry.value, "set", "write `set: {E2.weights: transpose(W2.weights)}`"))
    return {};
  Assign out;
  for (const Node::Entry& one : entry.value.entries()) {
    const auto path = parse_path(one.key, one.place, 2, reader_.diagnostics());
    const Node text = interpolate_expression(one.value, scope_, reader_.diagnostics());
    if (text.is(Node::Kind::list) || text.is(Node::Kind::mapping)) {
      reader_.mismatch(text, fmt::format("the value of {}", one.key), "an expression",
                       "`clamp` sets lists, data and initialisers");
      continue;
    }
    auto value = parse_expression(text, scope_, reader_.diagnostics());
    if (path && value) out.assignments.push_back({*path, std::move(*value)});
  }
  return out;
}

std::optional<Record> ProtocolReader::record(const Node& list) {
  if (!reader_.list(list, "record", "write `record: [W.weights]`")) return {};
  Record out;
  for (const Node& item : list.items())
    if (auto path = parse_path(item, 2, reader_.diagnostics()))
      out.compartments.push_back(std::move(*path));
  return out;
}

std::optional<Log> ProtocolReader::log(const Node& text) {
  if (text.is_scalar() || text.is(Node::Kind::deferred)) return Log{text};
  return reader_.mismatch(text, "log", "a text");
}

std::vector<Clamp> ProtocolReader::clamps(const Node& mapping) {
  std::vector<Clamp> out;
  if (!reader_.mapping(mapping, "clamp", "write `clamp: {lgn.j: patches}`")) return out;
  std::optional<std::int64_t> steps_axis;
  Place steps_axis_place;
  for (const Node::Entry& entry : mapping.entries()) {
    if (entry.key == "steps_axis") {
      steps_axis = reader_.integer(entry.value, "steps_axis", 1, 1);
      steps_axis_place = entry.place;
    } else if (auto one = clamp(entry)) {
      out.push_back(std::move(*one));
    }
  }
  if (!steps_axis) return out;
  bool used = false;
  for (Clamp& one : out)
    if (one.source == Clamp::Source::data) {
      used = true;
      if (!one.steps_axis) one.steps_axis = steps_axis;
    }
  if (!used && !out.empty())
    reader_.error(steps_axis_place, "'steps_axis' concerns data, and this clamp has none",
                  "remove it");
  return out;
}

std::optional<Clamp> ProtocolReader::clamp(const Node::Entry& entry) {
  const auto path = parse_path(entry.key, entry.place, 2, reader_.diagnostics());
  Clamp out;
  out.value = entry.value;
  const Node* data = nullptr;
  switch (entry.value.kind()) {
    case Node::Kind::integer:
    case Node::Kind::real:
      if (!is_finite_float(entry.value.real()))
        return reader_.mismatch(entry.value, entry.key, "a finite number");
      out.source = Clamp::Source::number;
      break;
    case Node::Kind::deferred:
      if (!entry.value.deferred().formula())
        return reader_.mismatch(entry.value, entry.key, "a number or the name of data");
      out.source = Clamp::Source::number;
      break;
    case Node::Kind::list:
      out.source = Clamp::Source::list;
      if (!numbers(entry.value, entry.key)) return {};
      break;
    case Node::Kind::text: data = &entry.value; break;
    case Node::Kind::mapping:
      if ((data = entry.value.find("data"))) {
        reader_.check_keys(entry.value, "a clamp of data", {"data", "steps_axis"});
        if (const Node* axis = entry.value.find("steps_axis"))
          out.steps_axis = reader_.integer(*axis, "steps_axis", 1, 1);
      } else if (entry.value.entries().empty()) {
        return reader_.mismatch(entry.value, entry.key, "an initialiser",
                                "write e.g. {uniform: {low: 0, high: 1}}");
      }
      out.source = Clamp::Source::initialiser;
      break;
    default:
      return reader_.mismatch(entry.value, entry.key,
                              "a number, a list, the name of data, or an initialiser");
  }
  if (data) {
    const auto word = reader_.known(*data, "data", data_);
    if (!word) return {};
    out.source = Clamp::Source::data;
    out.data = word->text;
    out.value = *data;
  }
  if (!path) return {};
  out.compartment = *path;
  return out;
}

/// A list of numbers, or of such lists.
bool ProtocolReader::numbers(const Node& list, std::string_view what) {
  bool good = true;
  for (const Node& item : list.items()) {
    if (item.is(Node::Kind::list)) {
      good = numbers(item, what) && good;
    } else if (!(item.is_number() && is_finite_float(item.real())) &&
               !(item.is(Node::Kind::deferred) && item.deferred().formula())) {
      reader_.mismatch(item, fmt::format("a value of {}", what), a_number(item));
      good = false;
    }
  }
  return good;
}

}  // namespace detail
}  // namespace plexus::model

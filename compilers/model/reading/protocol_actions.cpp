// Statements that act once.
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/protocol_reader.h"

namespace plexus::model::detail {

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

}  // namespace plexus::model::detail

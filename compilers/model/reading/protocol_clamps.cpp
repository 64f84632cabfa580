// Clamps.
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/protocol_reader.h"

namespace plexus::model::detail {

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

}  // namespace plexus::model::detail

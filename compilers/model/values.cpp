#include "plexus/compilers/model/values.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "plexus/core/io/array_file.h"

namespace plexus::model {
namespace {

constexpr std::int64_t kLargestInt = std::numeric_limits<int>::max();

std::optional<float> number(const Node& node) {
  if (!node.is_number()) return std::nullopt;
  return static_cast<float>(node.real());
}

std::optional<std::vector<float>> numbers(const Node& node) {
  if (const auto one = number(node)) return std::vector<float>{*one};
  if (!node.is(Node::Kind::list)) return std::nullopt;
  std::vector<float> all;
  for (const Node& item : node.items()) {
    const auto one = number(item);
    if (!one) return std::nullopt;
    all.push_back(*one);
  }
  return all;
}

/// The values of nested lists, and their shape; empty
/// where lengths differ or something is no number.
bool gather(const Node& node, std::size_t depth, Shape& shape, std::vector<float>& values) {
  if (const auto one = number(node)) {
    values.push_back(*one);
    return depth == shape.rank();
  }
  if (!node.is(Node::Kind::list) || depth >= Shape::kMaxRank || node.items().empty()) return false;
  const auto length = static_cast<std::int64_t>(node.items().size());
  if (depth == shape.rank()) {
    if (!values.empty()) return false;
    shape.push_back(length);
  } else if (shape[depth] != length) {
    return false;
  }
  for (const Node& item : node.items())
    if (!gather(item, depth + 1, shape, values)) return false;
  return true;
}

}  // namespace

Where where(const Place& place, std::string path) {
  return {place.source != nullptr ? place.source->file() : std::string{}, place.line, place.column,
          std::move(path)};
}

std::filesystem::path beside(const Source& source, const std::string& file) {
  return std::filesystem::path(source.file()).parent_path() / file;
}

std::string file_remedy(const Error& error, const std::filesystem::path& file) {
  std::error_code failure;
  if (std::filesystem::exists(file, failure)) return error.remedy();
  return "check the path; paths in a model file are relative to that file";
}

bool Values::mismatch(const Node& node, const Parameter& p, const std::string& name) const {
  if (!node.is(Node::Kind::invalid))
    diagnostics_.error(node.place(),
                       fmt::format("{} is {}; expected {}", name, node.summary(), p.expectation()),
                       fmt::format("it is the {}", p.doc));
  return false;
}

bool Values::read(const Node& node, const Parameter& p, const std::string& name) const {
  const auto wrong = [&] { return mismatch(node, p, name); };
  const auto read_into = [&](auto* target) -> bool {
    using T = std::remove_pointer_t<decltype(target)>;
    if constexpr (std::is_same_v<T, int>) {
      const auto value = node.whole();
      if (!value || *value > kLargestInt || *value <= -kLargestInt) return wrong();
      *target = static_cast<int>(*value);
    } else if constexpr (std::is_same_v<T, float>) {
      const auto value = number(node);
      if (!value || !std::isfinite(*value)) return wrong();
      *target = *value;
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!node.is(Node::Kind::boolean)) return wrong();
      *target = node.boolean();
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (node.is(Node::Kind::null) && p.takes_none()) {
        *target = "none";
        return true;
      }
      if (!node.is(Node::Kind::text)) return wrong();
      *target = node.text();
    } else if constexpr (std::is_same_v<T, std::optional<float>>) {
      if (node.is(Node::Kind::null)) {
        target->reset();
        return true;
      }
      const auto value = number(node);
      if (!value || !std::isfinite(*value)) return wrong();
      *target = *value;
    } else if constexpr (std::is_same_v<T, Shape>) {
      if (node.is(Node::Kind::null) && p.example == "optional") {
        *target = {};
        return true;
      }
      if (!node.is(Node::Kind::list) || node.items().size() > Shape::kMaxRank) return wrong();
      Shape shape;
      for (const Node& item : node.items()) {
        const auto extent = item.whole();
        if (!extent || *extent > kLargestInt || *extent < -kLargestInt)
          return mismatch(item, p, "an extent of " + name);
        shape.push_back(*extent);
      }
      *target = shape;
    } else if constexpr (std::is_same_v<T, Pair>) {
      const auto values = node.is(Node::Kind::list) ? numbers(node) : std::nullopt;
      if (!values || values->size() != 2) return wrong();
      *target = {(*values)[0], (*values)[1]};
    } else if constexpr (std::is_same_v<T, Tagged>) {
      // [name, number] or [name, [numbers]]; the name may be null for none
      if (!node.is(Node::Kind::list) || node.items().size() != 2) return wrong();
      const Node& word = node.items()[0];
      if (!word.is(Node::Kind::text) && !word.is(Node::Kind::null)) return wrong();
      const auto values = numbers(node.items()[1]);
      if (!values) return wrong();
      *target = {word.is(Node::Kind::null) ? "none" : word.text(), *values};
    } else if constexpr (std::is_same_v<T, Tensor>) {
      const auto value = tensor(node, name);
      if (!value) return false;
      *target = *value;
    } else if constexpr (std::is_same_v<T, std::optional<Tensor>>) {
      if (node.is(Node::Kind::null)) {
        target->reset();
        return true;
      }
      const auto value = tensor(node, name);
      if (!value) return false;
      *target = *value;
    } else if constexpr (std::is_same_v<T, std::vector<Tensor>>) {
      target->clear();
      if (node.is(Node::Kind::null)) return true;
      if (!node.is(Node::Kind::list)) return wrong();
      for (const Node& item : node.items()) {
        const auto value = tensor(item, name);
        if (!value) return false;
        target->push_back(*value);
      }
    } else if constexpr (std::is_same_v<T, Initialiser>) {
      if (node.is(Node::Kind::null)) return true;  // the default, as in the reference
      const auto value = initialiser(node, name);
      if (!value) return false;
      *target = *value;
    }
    return true;
  };
  return std::visit(read_into, p.target);
}

std::optional<Tensor> Values::tensor(const Node& node, const std::string& what) const {
  if (node.is(Node::Kind::invalid)) return std::nullopt;
  if (node.is(Node::Kind::mapping) && node.find("file") != nullptr) {
    for (const auto& entry : node.entries())
      if (entry.key != "file" && entry.key != "array") {
        const std::vector<std::string> known{"file", "array"};
        diagnostics_.error(entry.place, fmt::format("{}: a file has no '{}'", what, entry.key),
                           did_you_mean(entry.key, known));
        return std::nullopt;
      }
    const Node& file = *node.find("file");
    const Node* array = node.find("array");
    if (!file.is(Node::Kind::text) || (array != nullptr && !array->is(Node::Kind::text))) {
      diagnostics_.error(file.place(), fmt::format("{}: expected the name of a file", what),
                         "write {file: w.npy}, or {file: w.npz, array: NAME}");
      return std::nullopt;
    }
    const std::filesystem::path path = beside(source_, file.text());
    try {
      return read_array(path, array != nullptr ? array->text() : "");
    } catch (const Error& error) {
      diagnostics_.error(file.place(), error.problem(), file_remedy(error, path));
      return std::nullopt;
    }
  }
  Shape shape;
  std::vector<float> values;
  if (!gather(node, 0, shape, values)) {
    diagnostics_.error(
        node.place(),
        fmt::format("{} is {}; expected a number, a list of numbers (rows of equal length), "
                    "or {{file: …}}",
                    what, node.summary()));
    return std::nullopt;
  }
  for (const float value : values)
    if (!std::isfinite(value)) {
      diagnostics_.error(node.place(),
                         fmt::format("{} holds {}; expected finite numbers", what, value));
      return std::nullopt;
    }
  return Tensor{shape, std::move(values)};
}

std::optional<Initialiser> Values::initialiser(const Node& node, const std::string& what) const {
  if (node.is(Node::Kind::invalid)) return std::nullopt;
  if (!node.is(Node::Kind::mapping) || node.find("file") != nullptr) {
    const auto literal = tensor(node, what);
    if (!literal) return std::nullopt;
    return Initialiser(*literal);
  }
  if (node.entries().size() != 1) {
    diagnostics_.error(node.place(),
                       fmt::format("{} is a mapping of {} entries; expected one generator", what,
                                   node.entries().size()),
                       "write e.g. {uniform: {low: 0, high: 1}}");
    return std::nullopt;
  }
  const auto& entry = node.entries()[0];
  std::vector<InitialiserArgument> arguments;
  if (entry.value.is(Node::Kind::mapping)) {
    for (const auto& a : entry.value.entries()) {
      InitialiserArgument argument{a.key, 0.0, where(a.place)};
      if (a.value.is(Node::Kind::boolean)) {
        argument.value = a.value.boolean();
      } else if (a.value.is_number()) {
        argument.value = a.value.real();
      } else if (a.value.is(Node::Kind::list)) {
        std::vector<double> list;
        for (const Node& item : a.value.items()) {
          if (!item.is_number()) {
            diagnostics_.error(item.place(), fmt::format("{}: {} is {}; expected a number", what,
                                                         a.key, item.summary()));
            return std::nullopt;
          }
          list.push_back(item.real());
        }
        argument.value = std::move(list);
      } else {
        if (!a.value.is(Node::Kind::invalid))
          diagnostics_.error(a.value.place(),
                             fmt::format("{}: {} is {}; expected a number, true or false", what,
                                         a.key, a.value.summary()));
        return std::nullopt;
      }
      arguments.push_back(std::move(argument));
    }
  } else if (!entry.value.is(Node::Kind::null)) {
    diagnostics_.error(entry.value.place(),
                       fmt::format("{}: {} is {}; expected its arguments, {{…}}", what, entry.key,
                                   entry.value.summary()));
    return std::nullopt;
  }
  try {
    return make_initialiser(entry.key, arguments, where(entry.place));
  } catch (const Error& error) {
    Place place = entry.place;
    if (entry.value.is(Node::Kind::mapping))
      for (const auto& a : entry.value.entries())
        if (a.place.line == error.where().line && a.place.column == error.where().column)
          place = a.place;
    diagnostics_.error(place, fmt::format("{}: {}", what, error.problem()), error.remedy());
    return std::nullopt;
  }
}

std::optional<Key> Values::key(const Node& node, const std::string& name) const {
  constexpr std::int64_t kWords = std::int64_t{1} << 32;
  const auto word = [](const Node& n) -> std::optional<std::uint32_t> {
    const auto value = n.whole();
    if (!value || *value < 0 || *value >= kWords) return std::nullopt;
    return static_cast<std::uint32_t>(*value);
  };
  if (const auto seed = word(node)) return Key::from_seed(*seed);
  if (node.is(Node::Kind::list) && node.items().size() == 2) {
    const auto high = word(node.items()[0]), low = word(node.items()[1]);
    if (high && low) return Key{*high, *low};
  }
  if (!node.is(Node::Kind::invalid))
    diagnostics_.error(
        node.place(),
        fmt::format("{}.key is {}; expected a seed from 0 to 4294967295, or two such words", name,
                    node.summary()),
        "write e.g. `key: 1234` or `key: [0, 1234]`");
  return std::nullopt;
}

}  // namespace plexus::model

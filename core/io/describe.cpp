#include "plexus/core/io/describe.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "plexus/core/io/array_file.h"
#include "plexus/core/io/npz.h"
#include "plexus/core/table.h"

namespace plexus {
namespace {

constexpr const char* kProvenance = "provenance.json";

template <typename T>
std::vector<std::string> statistics(const std::vector<T>& values) {
  const auto is_nan = [](T value) { return value != value; };  // never for integers
  std::size_t count = 0;
  double sum = 0;
  T least{}, largest{};
  for (const T value : values) {
    if (is_nan(value)) continue;
    least = count == 0 ? value : std::min(least, value);
    largest = count == 0 ? value : std::max(largest, value);
    sum += static_cast<double>(value);
    ++count;
  }
  const auto nans = static_cast<double>(values.size() - count);
  const std::string share =
      nans == 0 ? "0" : fmt::format("{:.3g}%", 100 * nans / static_cast<double>(values.size()));
  if (count == 0) return {"-", "-", "-", share};
  return {fmt::format("{}", least), fmt::format("{}", largest),
          fmt::format("{:.6g}", sum / static_cast<double>(count)), share};
}

/// How to read an array so that its numbers are shown as they are: 64-bit ones may fit no integer
/// of ours.
Integers faithful(const ArrayHeader& header) {
  return header.stored.ends_with("int64") ? Integers::to_float : Integers::keep;
}

std::vector<std::string> row(const std::string& name, const ArrayHeader& header,
                             const Tensor& array) {
  std::vector<std::string> cells{name, to_string(header.shape), header.stored};
  const auto numbers =
      std::visit([](const auto& values) { return statistics(values); }, array.values);
  cells.insert(cells.end(), numbers.begin(), numbers.end());
  return cells;
}

std::string indented(const std::string& text, std::size_t depth) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) out += std::string(depth, ' ') + text.substr(at, end - at);
    out += '\n';
    at = end + 1;
  }
  return out;
}

/// Objects as indented "key: value" lines; long texts, such as the model's, below their key.
std::string readable(const nlohmann::ordered_json& object, std::size_t depth) {
  std::string text;
  for (const auto& [key, value] : object.items()) {
    text += fmt::format("{}{}:", std::string(depth, ' '), key);
    const bool long_text =
        value.is_string() && value.get_ref<const std::string&>().find('\n') != std::string::npos;
    if (value.is_object() && !value.empty())
      text += '\n' + readable(value, depth + 2);
    else if (long_text)
      text += '\n' + indented(value.get<std::string>(), depth + 2);
    else
      text += fmt::format(" {}\n", value.is_string() ? value.get<std::string>() : value.dump());
  }
  return text;
}

std::string describe_provenance(const std::string& text) {
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!json.is_object()) return "\nprovenance (not a JSON object):\n" + indented(text, 2);
  return "\nprovenance:\n" + readable(json, 2);
}

std::string describe_npz(const std::filesystem::path& path,
                         std::vector<std::vector<std::string>> rows) {
  const NpzReader reader{path};
  for (const std::string& name : reader.names()) {
    const ArrayHeader header = reader.header(name);
    rows.push_back(row(name, header, reader.read(name, faithful(header))));
  }
  std::string text = reader.names().empty() ? "no arrays\n" : detail::aligned(rows, "lllrrrr");
  for (const std::string& name : reader.others())
    text += name == kProvenance ? describe_provenance(reader.text(name))
                                : fmt::format("\nalso holds: {}\n", name);
  return text;
}

}  // namespace

std::string describe_arrays(const std::filesystem::path& path) {
  std::vector<std::vector<std::string>> rows{
      {"array", "shape", "type", "min", "max", "mean", "NaN"}};
  if (is_npz(path)) return describe_npz(path, std::move(rows));
  const ArrayHeader header = inspect_array(path);
  rows.push_back(row("-", header, read_array(path, {}, faithful(header))));
  return detail::aligned(rows, "lllrrrr");
}

}  // namespace plexus

#include "plexus/core/recording.h"

#include <cstring>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/io/npz.h"

namespace plexus {

Tensor Recording::Series::tensor() const {
  Tensor out;
  out.shape.push_back(static_cast<std::int64_t>(rows()));
  for (const auto extent : row) out.shape.push_back(extent);
  const auto copy = [&]<class T>(std::vector<T> values) {
    values.resize(words.size());
    std::memcpy(values.data(), words.data(), words.size() * sizeof(T));
    return values;
  };
  switch (dtype) {
    case DType::float32: out.values = copy(std::vector<float>{}); break;
    case DType::uint32: out.values = copy(std::vector<std::uint32_t>{}); break;
    case DType::int32: out.values = copy(std::vector<std::int32_t>{}); break;
  }
  return out;
}

void Recording::Series::append(const std::uint32_t* values) {
  words.insert(words.end(), values, values + row.size());
  ++count;
}

Recording::Series& Recording::series(const std::string& name, const Shape& row, DType dtype) {
  for (const auto& series : all_) {
    if (series->name != name) continue;
    if (series->row != row)
      throw Error(Error::Kind::shape, {},
                  fmt::format("'{}' was recorded with rows {}, and now has {}", name,
                              to_string(series->row), to_string(row)),
                  "record it under another name");
    return *series;
  }
  all_.push_back(std::make_unique<Series>(Series{name, row, dtype, {}, 0}));
  return *all_.back();
}

void Recording::append(const std::string& name, const Tensor& row) {
  std::visit(
      [&](const auto& values) {
        series(name, row.shape, row.dtype())
            .append(reinterpret_cast<const std::uint32_t*>(values.data()));
      },
      row.values);
}

const Recording::Series* Recording::find(const std::string& name) const {
  for (const auto& series : all_)
    if (series->name == name) return series.get();
  return nullptr;
}

Tensor Recording::operator[](const std::string& name) const {
  if (const Series* series = find(name)) return series->tensor();
  std::vector<std::string> names;
  for (const auto& series : all_) names.push_back(series->name);
  throw Error(Error::Kind::config, {}, fmt::format("the recording has no array '{}'", name),
              did_you_mean(name, names));
}

void Recording::save(const std::filesystem::path& file,
                     const std::vector<std::pair<std::string, std::string>>& texts) const {
  std::vector<std::pair<std::string, Tensor>> arrays;
  for (const auto& series : all_) arrays.emplace_back(series->name, series->tensor());
  write_npz(file, arrays, texts);
}

}  // namespace plexus

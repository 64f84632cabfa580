#include "plexus/core/recording.h"


#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/io/npz.h"

namespace plexus {

Tensor Recording::Series::tensor() const {
  Shape shape{static_cast<std::int64_t>(rows())};
  for (const auto extent : row) shape.push_back(extent);
  return tensor_of(shape, dtype, words.data());
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

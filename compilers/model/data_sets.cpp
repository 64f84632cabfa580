#include "plexus/compilers/model/data_sets.h"

#include <fmt/format.h>

#include "plexus/compilers/model/values.h"
#include "plexus/core/io/array_file.h"

namespace plexus::model {
namespace {

std::string array_of(const DataSyntax& data) {
  return data.array ? data.array->text : std::string{};
}

double bytes_of(const Shape& shape) {
  double bytes = sizeof(float);
  for (const auto extent : shape) bytes *= static_cast<double>(extent);
  return bytes;
}

}  // namespace

DataSets::DataSets(const ModelSyntax& model, std::size_t memory_limit, Diagnostics& diagnostics)
    : model_(model) {
  for (const DataSyntax& data : model.data) {
    const std::filesystem::path file = beside(*model.source, data.file.text);
    try {
      const Shape shape = inspect_array(file, array_of(data)).shape;
      if (shape.rank() == 0)
        diagnostics.error(data.file.place, "data '" + data.name + "' is a single number",
                          "its first axis must count samples");
      else if (bytes_of(shape) > static_cast<double>(memory_limit))
        diagnostics.error(data.file.place,
                          fmt::format("data '{}' {} takes {:.3g} GB; the memory limit is {:.3g} GB",
                                      data.name, to_string(shape), bytes_of(shape) / 1e9,
                                      static_cast<double>(memory_limit) / 1e9),
                          "split it into several files");
      else
        shapes_[data.name] = shape;
    } catch (const Error& error) {
      diagnostics.error(data.array && error.problem().find(data.array->text) != std::string::npos
                            ? data.array->place
                            : data.file.place,
                        error.problem(), file_remedy(error, file));
    }
  }
}

const Shape* DataSets::shape(const std::string& name) const {
  const auto found = shapes_.find(name);
  return found == shapes_.end() ? nullptr : &found->second;
}

const Tensor& DataSets::values(const std::string& name) {
  if (const auto found = values_.find(name); found != values_.end()) return found->second;
  const DataSyntax& data = *model_.find_data(name);
  try {
    Tensor tensor = read_array(beside(*model_.source, data.file.text), array_of(data));
    if (data.scale)
      for (float& value : tensor.floats()) value *= static_cast<float>(*data.scale);
    return values_[name] = std::move(tensor);
  } catch (const Error& error) {
    throw Error(error.kind(), where(data.file.place), error.problem(), error.remedy());
  }
}

}  // namespace plexus::model

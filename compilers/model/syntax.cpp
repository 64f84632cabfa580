#include "plexus/compilers/model/syntax.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <variant>

#include "plexus/compilers/model/reading/model_reader.h"
#include "plexus/compilers/model/yaml.h"

namespace plexus::model {
namespace {

template <typename T>
const T* find_by_name(const std::vector<T>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &T::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

const ComponentSyntax* ModelSyntax::component(std::string_view wanted) const noexcept {
  for (const Declaration& declaration : declarations)
    if (const auto* one = std::get_if<ComponentSyntax>(&declaration); one && one->name == wanted)
      return one;
  return nullptr;
}

const ProcessSyntax* ModelSyntax::process(std::string_view wanted) const noexcept {
  return find_by_name(processes, wanted);
}

const DataSyntax* ModelSyntax::find_data(std::string_view wanted) const noexcept {
  return find_by_name(data, wanted);
}

bool ModelSyntax::is_reset(std::string_view wanted) const noexcept {
  const ProcessSyntax* found = process(wanted);
  const auto* command = found != nullptr ? std::get_if<Command>(&found->steps) : nullptr;
  return command != nullptr && command->methods.size() == 1 &&
         command->methods.front().text == "reset";
}

ModelSyntax parse_model(std::shared_ptr<const Source> source,
                        const std::vector<Override>& overrides, Diagnostics& diagnostics,
                        Role role) {
  ModelSyntax model;
  model.source = std::move(source);
  model.name = std::filesystem::path(model.source->file()).stem().string();
  for (const Override& given : overrides)
    if (given.source) model.overrides.push_back(given.source);
  detail::ModelReader(model, overrides, diagnostics, role)
      .run(read_yaml(*model.source, diagnostics));
  return model;
}

}  // namespace plexus::model

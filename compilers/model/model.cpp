#include "plexus/compilers/model/model.h"

#include <cctype>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "plexus/compilers/model/builder.h"
#include "plexus/compilers/model/data_sets.h"
#include "plexus/compilers/model/protocol_check.h"
#include "plexus/compilers/model/protocol_run.h"
#include "plexus/compilers/model/syntax.h"
#include "plexus/core/error.h"
#include "plexus/core/io/mosaic.h"
#include "plexus/core/plugin.h"

namespace plexus::model {

namespace {

/// A circuit's name for a model's: a file may be called
/// v1.2.yaml, and paths have other uses for the dot.
std::string context_name(std::string name) {
  for (char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::string_view{":./\\"}.find(c) != std::string_view::npos || std::isspace(byte) != 0 ||
        std::iscntrl(byte) != 0)
      c = '_';
  }
  return name.empty() ? "model" : name;
}

}  // namespace

struct Model::Impl {
  ModelSyntax syntax;
  std::vector<std::unique_ptr<ModelSyntax>> nested;
  std::vector<std::string> settings;
  std::unique_ptr<Context> context;
  std::unique_ptr<Builder> builder;
  std::unique_ptr<DataSets> data;
  Recording recording;
};

Model::Model() : impl_(std::make_unique<Impl>()) {}
Model::~Model() = default;

const std::string& Model::name() const noexcept {
  return impl_->syntax.name;
}
const ModelSyntax& Model::syntax() const noexcept {
  return impl_->syntax;
}
Context& Model::context() noexcept {
  return *impl_->context;
}
bool Model::has_protocol() const noexcept {
  return impl_->syntax.has_protocol;
}
Recording& Model::recording() noexcept {
  return impl_->recording;
}

std::filesystem::path Model::directory() const {
  if (impl_->syntax.output.directory) return impl_->syntax.output.directory->text;
  return std::filesystem::path("runs") / impl_->syntax.name;
}

std::vector<std::string> Model::process_names() const {
  std::vector<std::string> names;
  for (const ProcessSyntax& process : impl_->syntax.processes) names.push_back(process.name);
  return names;
}

RunSummary Model::run(const RunRequest& request) {
  Protocol protocol(impl_->syntax, *impl_->builder, *impl_->data, *impl_->context,
                    impl_->recording);
  return protocol.run(request);
}

std::string Model::provenance() const {
  nlohmann::ordered_json json;
  json["format"] = 1;
  json["plexus"] = version();
  json["name"] = impl_->syntax.name;
  json["seed"] = impl_->context->seed();
  json["overrides"] = impl_->settings;
  json["model"] = impl_->syntax.source->text();
  for (const auto& nested : impl_->nested) json["nested"].push_back(nested->source->text());
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::vector<std::filesystem::path> Model::write_mosaics(
    const std::filesystem::path& directory) const {
  std::vector<std::filesystem::path> files;
  for (const MosaicSyntax& mosaic : impl_->syntax.output.mosaics) {
    const Recording::Series* series = impl_->recording.find(mosaic.array.text);
    if (series == nullptr || series->rows() == 0) continue;
    const Tensor all = series->tensor();
    const std::size_t size = series->row.size();
    for (std::size_t row = 0; row < series->rows(); ++row) {
      const bool end = row == 0 || row + 1 == series->rows();
      if (!mosaic.every && !end) continue;
      std::filesystem::create_directories(directory);
      files.push_back(directory / fmt::format("{}-{:04}.png", mosaic.array.text, row + 1));
      write_mosaic(files.back(), all.floats().subspan(row * size, size), series->row.rows(),
                   series->row.cols(), {mosaic.tile_rows, mosaic.tile_columns},
                   mosaic.by_rows ? MosaicAxis::rows : MosaicAxis::columns);
    }
  }
  return files;
}

std::unique_ptr<Model> load_model(const std::filesystem::path& file, const LoadOptions& options,
                                  Diagnostics& diagnostics) {
  std::shared_ptr<const Source> source;
  try {
    source = Source::read(file.string());
  } catch (const Error& error) {
    Problem problem;
    problem.problem = error.problem();
    problem.remedy = error.remedy();
    problem.show_line = false;
    diagnostics.report(std::move(problem));
    return nullptr;
  }
  std::unique_ptr<Model> model(new Model());
  Model::Impl& impl = *model->impl_;
  std::vector<Override> overrides;
  for (const std::string& setting : options.settings)
    if (auto parsed = parse_override(setting, diagnostics)) overrides.push_back(std::move(*parsed));
  impl.settings = options.settings;
  impl.syntax = parse_model(std::move(source), overrides, diagnostics);

  Context::Options given{impl.syntax.seed, options.memory_limit};
  if (options.seed) given.seed = options.seed;
  if (!given.seed && (diagnostics.errors() > 0 || !options.read_data))
    given.seed = 0;  // nothing will run
  impl.context = std::make_unique<Context>(context_name(impl.syntax.name), given);
  impl.builder = std::make_unique<Builder>(impl.syntax, *impl.context, diagnostics);
  impl.builder->build(impl.nested);
  impl.data = std::make_unique<DataSets>(impl.syntax, impl.context->state().limit(), diagnostics);
  check_protocol(impl.syntax, *impl.builder, *impl.data, *impl.context, diagnostics);
  if (diagnostics.errors() > 0) return nullptr;

  for (const Context::Lint& lint : impl.context->lint()) {
    diagnostics.warning(impl.builder->place_of(lint.wire), lint.problem, lint.remedy);
  }
  if (options.read_data) {
    for (const DataSyntax& data : impl.syntax.data) {
      try {
        impl.data->values(data.name);
      } catch (const Error& error) {
        diagnostics.error(data.file.place, error.problem(), error.remedy());
      }
    }
    if (diagnostics.errors() > 0) return nullptr;
  }
  return model;
}

}  // namespace plexus::model

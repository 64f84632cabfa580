#include "plexus/cli/load.h"

#include <CLI/CLI.hpp>

#include "plexus/cli/terminal.h"
#include "plexus/compilers/model/diagnostics.h"
#include "plexus/core/log.h"

namespace plexus::cli {

void add_settings(CLI::App& syntax, std::vector<std::string>& settings) {
  syntax.add_option("--set", settings, "Sets a parameter of the model; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->check([](const std::string& setting) {
        return setting.find('=') != std::string::npos
                   ? std::string()
                   : fmt::format("'{}' is no NAME=VALUE", setting);
      });
}

std::unique_ptr<model::Model> load(const std::string& file, const model::LoadOptions& options) {
  model::Diagnostics problems;
  auto model = model::load_model(file, options, problems);
  if (!problems.empty() && (!quiet() || problems.errors() > 0)) complain(problems.print());
  return model;
}

std::unique_ptr<model::Model> load_to_look_at(const std::string& file,
                                              const std::vector<std::string>& settings) {
  const LogLevel before = set_log_level(LogLevel::warn);
  if (before == LogLevel::debug || before == LogLevel::error) set_log_level(before);
  return load(file, {.settings = settings, .read_data = false});
}

}  // namespace plexus::cli

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plexus/core/context.h"
#include "plexus/core/recording.h"

namespace plexus::model {

class Diagnostics;
struct ModelSyntax;

/// What is given besides the file.
struct LoadOptions {
  std::vector<std::string> settings = {};  // NAME=VALUE, of --set
  std::optional<std::uint32_t> seed = {};  // of --seed
  bool read_data = true;  // false: data files' headers are checked, their values not read
  /// Bytes that the circuit's values, each data set and the recording may take; none: the machine's
  /// memory. A model that would take more is refused.
  std::optional<std::size_t> memory_limit = {};
};

/// A run without protocol: `--process P --steps N --dt DT`.
struct SingleRun {
  std::string process;
  std::int64_t steps = 1;
  std::optional<double> dt = {};
};

/// What the person who waits is told.
struct Progress {
  std::int64_t steps = 0;        // done so far, of all runs
  std::int64_t steps_total = 0;  // 0 if it is not known
};

struct RunRequest {
  std::optional<SingleRun> single = {};                // instead of the protocol
  bool profile = false;                                // count and time every call
  std::function<void(const Progress&)> progress = {};  // called now and then
  std::function<bool()> interrupted = {};  // asked before every statement and every step
};

struct RunSummary {
  std::int64_t steps = 0;
  double run_seconds = 0;
  bool interrupted = false;
};

/// A model file, built: components, wires and processes
/// in a context, its data read, its protocol ready.
class Model {
 public:
  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  [[nodiscard]] const std::string& name() const noexcept;
  [[nodiscard]] const ModelSyntax& syntax() const noexcept;
  [[nodiscard]] Context& context() noexcept;
  [[nodiscard]] bool has_protocol() const noexcept;
  /// The directory that the model's output goes to, unless --dir says otherwise.
  [[nodiscard]] std::filesystem::path directory() const;
  /// Those that the model names, in order.
  [[nodiscard]] std::vector<std::string> process_names() const;

  /// Runs the protocol, or a single process, once. Throws Error, with its place in the file.
  RunSummary run(const RunRequest& request);
  /// What has been watched and recorded.
  [[nodiscard]] Recording& recording() noexcept;

  /// provenance.json: format and program version, model text, overrides, seed.
  [[nodiscard]] std::string provenance() const;
  /// Writes the mosaics of `output.mosaic` and returns their paths.
  std::vector<std::filesystem::path> write_mosaics(const std::filesystem::path& directory) const;

 private:
  friend std::unique_ptr<Model> load_model(const std::filesystem::path&, const LoadOptions&,
                                           Diagnostics&);
  Model();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Loads, checks and builds a model. Every problem, of the file itself, of names, shapes, wires,
/// keywords and data files, is in `diagnostics`, in one pass; nullptr if there are errors.
std::unique_ptr<Model> load_model(const std::filesystem::path& file, const LoadOptions& options,
                                  Diagnostics& diagnostics);

}  // namespace plexus::model

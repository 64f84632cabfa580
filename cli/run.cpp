#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "plexus/cli/command.h"
#include "plexus/cli/interrupt.h"
#include "plexus/cli/load.h"
#include "plexus/cli/measure.h"
#include "plexus/cli/profile.h"
#include "plexus/cli/terminal.h"
#include "plexus/cli/values.h"
#include "plexus/compilers/model/syntax.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "plexus/core/threads.h"

namespace plexus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string model;
  std::vector<std::string> settings;
  std::optional<std::uint32_t> seed;
  int threads = 1;
  std::string file, directory;
  std::string process;
  std::optional<std::int64_t> steps;
  std::optional<double> dt;
  bool time = false, profile = false, no_optimize = false;
  bool report = false, no_report = false;
  std::string resume;
};

void refuse_what_is_absent(const Arguments& given) {
  if (given.report)
    throw UsageError("this version of Plexus does not write reports yet\n  leave --report out");
  if (!given.resume.empty())
    throw UsageError("this version of Plexus does not read checkpoints yet\n  leave --resume out");
}

void refuse_missing_dt(const Arguments& given, model::Model& model) {
  const Process* process = model.context().find_process(given.process);
  if (given.dt || process == nullptr) return;
  const std::vector<std::string> keywords = process->keywords();
  if (std::ranges::find(keywords, "dt") != keywords.end())
    throw UsageError(
        fmt::format("process '{}' needs a time step\n  add e.g. --dt 1", given.process));
}

std::optional<model::SingleRun> single_run(const Arguments& given, model::Model& model) {
  if (!given.process.empty()) {
    refuse_missing_dt(given, model);
    return model::SingleRun{
        .process = given.process, .steps = given.steps.value_or(1), .dt = given.dt};
  }
  if (given.steps || given.dt)
    throw UsageError("--steps and --dt belong to --process\n  name one: " +
                     fmt::format("{}", fmt::join(model.process_names(), ", ")));
  if (model.has_protocol()) return {};
  throw UsageError(fmt::format(
      "{} has no protocol, so there is nothing to run\n  name a process, e.g. --process {} "
      "--steps 100 --dt 1; it has: {}",
      given.model, model.process_names().empty() ? "P" : model.process_names().front(),
      fmt::join(model.process_names(), ", ")));
}

/// Throws Error (io) now for a place that could not be written to in the end.
void refuse_unwritable(const fs::path& file) {
  if (fs::is_directory(file))
    throw Error(Error::Kind::io, {}, fmt::format("{} is a directory", file.string()),
                "name a file, or use --dir");
  fs::path at = fs::absolute(file).parent_path();
  while (!fs::exists(at) && at.has_relative_path()) at = at.parent_path();
  if (!fs::is_directory(at) || access(at.c_str(), W_OK) != 0)
    throw Error(Error::Kind::io, {},
                fmt::format("{} cannot be written: {} is {}", file.string(), at.string(),
                            fs::is_directory(at) ? "not writable" : "no directory"));
}

void make_directory(const fs::path& directory) {
  if (directory.empty()) return;
  std::error_code problem;
  fs::create_directories(directory, problem);
  if (problem)
    throw Error(Error::Kind::io, {}, fmt::format("{}: {}", directory.string(), problem.message()));
}

/// Saves the recording and what is made from it.
void write_output(model::Model& model, const fs::path& file, const fs::path& directory) {
  if (model.recording().empty()) {
    say("nothing was recorded, so no file is written\n  list compartments under `watch`, or use "
        "`record`");
    return;
  }
  make_directory(file.parent_path());
  model.recording().save(file, {{"provenance.json", model.provenance()}});
  say("wrote {}", file.string());
  if (model.syntax().output.mosaics.empty()) return;
  make_directory(directory);
  for (const fs::path& picture : model.write_mosaics(directory)) say("wrote {}", picture.string());
}

int act(const Arguments& given) {
  refuse_what_is_absent(given);
  const auto model = load(given.model, {.settings = given.settings, .seed = given.seed});
  if (!model) return kProblem;
  use_threads(given.threads);

  const auto single = single_run(given, *model);
  const fs::path directory =
      given.directory.empty() ? model->directory() : fs::path(given.directory);
  const fs::path file = given.file.empty() ? directory / "recording.npz" : fs::path(given.file);
  refuse_unwritable(file);

  if (given.no_optimize) model->context().optimise(false);
  if (given.profile) model->context().verify_accesses(false);  // the kernels alone are timed
  const Interrupt interrupt;
  model::RunSummary done;
  const double setup = seconds_since_start();
  {
    ProgressBar bar;
    done =
        model->run({.single = single,
                    .profile = given.profile,
                    .progress = [&](const model::Progress& p) { bar.show(p.steps, p.steps_total); },
                    .interrupted = [] { return Interrupt::asked(); }});
  }
  if (done.interrupted)
    say("interrupted after {} steps; what was recorded until then is kept", done.steps);
  write_output(*model, file, directory);
  if (given.profile) fmt::print("{}", profile_table(model->context()));
  if (given.time)
    fmt::print(
        "{{\"setup_s\": {:.6f}, \"run_s\": {:.6f}, \"steps\": {}, \"threads\": {}, "
        "\"peak_rss_mb\": {}}}\n",
        setup, done.run_seconds, done.steps, threads(), peak_memory());
  return done.interrupted ? kInterrupted : kSuccess;
}

}  // namespace

Command run_command(CLI::App& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& syntax = *program.add_subcommand("run", "Runs the protocol of a model");
  syntax.add_option("MODEL", given->model, "Model file, in YAML")->required()->type_name("");
  add_settings(syntax, given->settings);
  syntax.add_option("--seed", given->seed, "Replaces the model's seed")
      ->type_name("N")
      ->check(seed_word);
  syntax.add_option("--threads", given->threads, "Threads to use; results do not depend on it")
      ->type_name("N")
      ->check(at_least_one);
  syntax.add_option("--out", given->file, "Writes the recording there")->type_name("FILE.npz");
  syntax.add_option("--dir", given->directory, "Replaces the model's output directory")
      ->type_name("DIR");
  syntax.add_flag("--report", given->report)->group("");
  syntax.add_flag("--no-report", given->no_report, "Writes no report");
  syntax.add_option("--resume", given->resume)->group("");
  syntax.add_option("--process", given->process, "Runs this process instead of the protocol")
      ->type_name("PROCESS");
  syntax.add_option("--steps", given->steps, "Steps of --process; default 1")
      ->type_name("N")
      ->check(at_least_zero);
  syntax.add_option("--dt", given->dt, "Time step of --process [ms]")
      ->type_name("DT")
      ->check(above_zero);
  syntax.add_flag("--time", given->time, "Ends stdout with a line of JSON: times, steps, memory");
  syntax.add_flag("--profile", given->profile, "Prints where the time went");
  syntax.add_flag("--no-optimize", given->no_optimize,
                  "Takes no shortcuts; slower, with the same results");
  syntax.footer(
      "Ctrl-C ends a run after the present step; what was recorded is saved, and the exit status "
      "is 130.\n\n"
      "Example:\n  plexus run model.yaml --set n_out=36 --seed 7 --out a.npz --time");
  return {&syntax, [given] { return act(*given); }};
}

}  // namespace plexus::cli

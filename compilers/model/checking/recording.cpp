// What is recorded, how much of it, and the pictures made of it.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "plexus/compilers/model/checking/protocol_checker.h"

namespace plexus::model::detail {
namespace {

/// "1.5 GB".
std::string bytes_text(double bytes) {
  constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < kUnits.size(); bytes /= 1000) ++unit;
  return fmt::format("{:.3g} {}", bytes, kUnits[unit]);
}

}  // namespace

void ProtocolChecker::count_watched(const Run& run) {
  for (const auto& [watch, compartment] : watched_) {
    if (compartment == nullptr) continue;
    const bool wanted = watch->process ? watch->process->text == run.process.text
                                       : !model_.is_reset(run.process.text);
    if (!wanted) continue;
    const double rows = times_ * std::floor(static_cast<double>(run.steps.at()) /
                                            static_cast<double>(watch->every));
    count(*compartment, watch->compartment.text, rows,
          run.steps.place.known() ? run.steps.place : run.process.place,
          "watch it `every: N`, or run fewer steps");
  }
}

void ProtocolChecker::count(const Compartment& c, const std::string& name, double rows,
                            const Place& place, const std::string& remedy) {
  const double limit = static_cast<double>(context_.state().limit());
  const double more = 4 * rows * static_cast<double>(c.shape().size());
  recorded_bytes_ += more;
  if (recorded_bytes_ <= limit || told_of_bytes_) return;
  told_of_bytes_ = true;
  error(
      place,
      fmt::format("the recording would take {} here, and the memory limit is {}: {} alone has "
                  "{:g} rows of {}",
                  bytes_text(recorded_bytes_), bytes_text(limit), name, rows, to_string(c.shape())),
      remedy);
}

void ProtocolChecker::statement(const Statement&, const Record& record) {
  for (const Path& path : record.compartments)
    if (const Compartment* c = builder_.compartment(path)) {
      recorded_.insert(path.text);
      count(*c, path.text, times_, path.place, "record it in fewer turns, below an `every: N`");
    }
}

void ProtocolChecker::watches() {
  for (const auto& [watch, compartment] : watched_) {
    if (compartment == nullptr) continue;
    recorded_.insert(watch->compartment.text);
    if (watch->process && model_.has_protocol && !ran_.contains(watch->process->text))
      diagnostics_.warning(
          watch->process->place,
          fmt::format("the protocol never runs process '{}', so {} is not recorded for it",
                      watch->process->text, watch->compartment.text),
          "a watch means the process that `run` names, not those joined in it");
  }
}

void ProtocolChecker::mosaics() {
  for (const MosaicSyntax& mosaic : model_.output.mosaics) {
    const Compartment* c = builder_.compartment(mosaic.array);
    if (c == nullptr) continue;
    if (!recorded_.contains(mosaic.array.text))
      error(mosaic.array.place,
            fmt::format("{} is not recorded, so no mosaic can be made of it", mosaic.array.text),
            fmt::format("add `record: [{}]` to the protocol, or watch it", mosaic.array.text));
    if (c->shape().rank() != 2) {
      error(mosaic.array.place,
            fmt::format("{} {} is no matrix", mosaic.array.text, to_string(c->shape())));
      continue;
    }
    const std::int64_t length = mosaic.by_rows ? c->shape()[1] : c->shape()[0];
    const bool exceeds =
        mosaic.tile_rows > length || mosaic.tile_columns > length;  // and may not multiply
    if (exceeds || mosaic.tile_rows * mosaic.tile_columns != length)
      error(mosaic.array.place,
            fmt::format("a tile of {} x {} does not hold the {} values of a {} of {}",
                        mosaic.tile_rows, mosaic.tile_columns, length,
                        mosaic.by_rows ? "row" : "column", mosaic.array.text),
            "choose a tile whose sides multiply to that, or another axis");
  }
}

}  // namespace plexus::model::detail

// What is recorded, and what is made of it.
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/model_reader.h"

namespace plexus::model::detail {

void ModelReader::watch() {
  const Node* node = section("watch");
  if (!node || !reader_.list(*node, "watch", "write `watch: [cell.z]`")) return;
  for (const Node& item : node->items()) {
    WatchSyntax out;
    const Node* compartment = &item;
    bool good = true;
    if (item.is(Kind::mapping)) {
      reader_.check_keys(item, "a watch", {"compartment", "every", "process"});
      if (const Node* every = item.find("every"))
        out.every = reader_.integer(*every, "every", 1).value_or(1);
      if (out.every > std::numeric_limits<int>::max()) {
        reader_.error(item.find("every")->place(),
                      fmt::format("every is {}; expected an integer <= {}", out.every,
                                  std::numeric_limits<int>::max()));
        continue;
      }
      if (const Node* process = item.find("process")) {
        out.process = reader_.known(*process, "process", process_names_);
        good = out.process.has_value();
      }
      compartment = item.find("compartment");
      if (!compartment) {
        reader_.error(item.place(), "this watch names no compartment",
                      "write {compartment: cell.z, every: 10}");
        continue;
      }
    }
    const auto path = parse_path(*compartment, 2, reader_.diagnostics());
    if (!path || !good) continue;
    out.compartment = *path;
    if (!watched_before(out)) model_.watches.push_back(std::move(out));
  }
}

/// Two watches of one compartment that both record the runs of a process.
bool ModelReader::watched_before(const WatchSyntax& watch) {
  for (const WatchSyntax& other : model_.watches) {
    if (other.compartment.text != watch.compartment.text) continue;
    const bool same = other.process.has_value() == watch.process.has_value() &&
                      (!watch.process || watch.process->text == other.process->text);
    const auto& named = watch.process ? watch.process : other.process;
    const bool overlap = same || (watch.process.has_value() != other.process.has_value() &&
                                  !model_.is_reset(named->text));
    if (!overlap) continue;
    reader_.error(watch.compartment.place,
                  fmt::format("{} is watched already, in line {}", watch.compartment.text,
                              other.compartment.place.line),
                  same ? "watch a compartment once for each process"
                       : "a watch without `process` records every run: name the process in both, "
                         "or drop one");
    return true;
  }
  return false;
}

void ModelReader::output() {
  const Node* node = section("output");
  if (!node || !reader_.mapping(*node, "output", "write `output: {directory: runs/orientation}`"))
    return;
  reader_.check_keys(*node, "output", {"directory", "report", "mosaic"});
  if (const Node* directory = node->find("directory"))
    model_.output.directory = reader_.text(*directory, "directory");
  if (const Node* report = node->find("report");
      report && reader_.boolean(*report, "report").value_or(false))
    reader_.error(report->place(), "this version of Plexus does not write reports yet",
                  "write `report: false`, or leave it out");
  const Node* mosaics = node->find("mosaic");
  if (!mosaics ||
      !reader_.mapping(*mosaics, "mosaic", "write `mosaic: {W.weights: {tile: [13, 13]}}`"))
    return;
  for (const Node::Entry& entry : mosaics->entries()) mosaic(entry);
}

void ModelReader::mosaic(const Node::Entry& entry) {
  const auto path = parse_path(entry.key, entry.place, 2, reader_.diagnostics());
  if (!reader_.mapping(entry.value, fmt::format("the mosaic of {}", entry.key),
                       "write {tile: [13, 13]}"))
    return;
  reader_.check_keys(entry.value, "a mosaic", {"tile", "axis", "every"});
  MosaicSyntax out;
  if (const Node* axis = entry.value.find("axis")) {
    const auto word = reader_.one_of(*axis, "axis", {"rows", "columns"});
    out.by_rows = word == "rows";
  }
  if (const Node* every = entry.value.find("every"))
    out.every = reader_.boolean(*every, "every").value_or(false);
  const Node* tile = entry.value.find("tile");
  if (!tile) {
    reader_.error(entry.place, fmt::format("the mosaic of {} lacks 'tile'", entry.key),
                  "add the rows and columns of a tile: `tile: [13, 13]`");
    return;
  }
  if (!tile->is(Kind::list) || tile->items().size() != 2) {
    reader_.mismatch(*tile, "tile", "two integers",
                     "the rows and columns of a tile: `tile: [13, 13]`");
    return;
  }
  const auto rows = reader_.integer(tile->items()[0], "tile", 1),
             columns = reader_.integer(tile->items()[1], "tile", 1);
  if (!path || !rows || !columns) return;
  out.array = *path;
  out.tile_rows = *rows;
  out.tile_columns = *columns;
  model_.output.mosaics.push_back(std::move(out));
}

}  // namespace plexus::model::detail

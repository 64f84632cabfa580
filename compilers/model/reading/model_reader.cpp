#include "plexus/compilers/model/reading/model_reader.h"

#include <functional>
#include <limits>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/protocol_reader.h"

namespace plexus::model::detail {
namespace {

const std::vector<std::string> kSections{
    "plexus",   "name",  "description", "seed", "plugins",  "parameters", "defaults", "components",
    "contexts", "wires", "processes",   "data", "protocol", "watch",      "output"};
const std::set<std::string, std::less<>> kOuterOnly{"seed", "data", "protocol", "watch", "output"};

}  // namespace

void ModelReader::run(const Node& root) {
  if (root.is(Kind::invalid)) return;
  if (root.is(Kind::null)) {
    reader_.error(model_.source->place(0), "the file is empty", "a model begins with `plexus: 1`");
    return;
  }
  if (!reader_.mapping(root, "the file", "a model begins with `plexus: 1`")) return;
  root_ = &root;
  reader_.check_keys(root, "a model", kSections);
  version();
  parameters();
  heading();
  defaults();
  declarations();
  wires();
  processes();
  if (role_ == Role::nested) {
    warn_of_what_is_ignored();
    return;
  }
  data();
  protocol();
  watch();
  output();
}

const Node* ModelReader::section(std::string_view key) {
  const Node* raw = root_->find(key);
  if (!raw || raw->is(Kind::null)) return nullptr;
  return &sections_.emplace(std::string{key}, interpolate(*raw, scope_, reader_.diagnostics()))
              .first->second;
}

const Place& ModelReader::key_place(std::string_view key) const {
  return root_->entry(key)->place;
}

void ModelReader::version() {
  const Node* node = root_->find("plexus");
  if (!node) {
    reader_.error(root_->entries().empty() ? root_->place() : root_->entries().front().place,
                  "the format's version is missing", "begin the file with `plexus: 1`");
    return;
  }
  if (root_->entries().front().key != "plexus")
    reader_.error(key_place("plexus"), "'plexus' must be the first key",
                  "move `plexus: 1` to the top of the file");
  if (!node->is(Kind::integer))
    reader_.mismatch(*node, "plexus", "the format's version, 1");
  else if (node->integer() != 1)
    reader_.error(
        node->place(),
        fmt::format("the format's version is {}; this program reads version 1", node->integer()),
        "write `plexus: 1`, or use a newer Plexus");
}

void ModelReader::heading() {
  if (const Node* node = section("name"))
    if (const auto name = reader_.text(*node, "name")) {
      if (name->text.find_first_of(":/\\ \t\n") != std::string::npos || name->text.starts_with('.'))
        reader_.error(name->place, fmt::format("'{}' cannot be the name of a model", name->text),
                      "it names paths and a directory: use letters, digits, _ and -");
      model_.name = name->text;
    }
  if (const Node* node = section("description"))
    if (const auto text = reader_.text(*node, "description")) model_.description = text->text;
  if (const Node* node = section("plugins");
      node && reader_.list(*node, "plugins", "write `plugins: [build/libmycells.so]`"))
    for (const Node& item : node->items())
      if (auto file = reader_.text(item, "a plugin")) model_.plugins.push_back(std::move(*file));
  if (role_ == Role::nested) return;
  if (const Node* node = section("seed")) {
    const auto seed = reader_.integer(*node, "seed", 0, std::numeric_limits<std::uint32_t>::max());
    if (seed) model_.seed = static_cast<std::uint32_t>(*seed);
    model_.seed_place = node->place();
  }
}

void ModelReader::defaults() {
  const Node* node = section("defaults");
  if (node && reader_.mapping(*node, "defaults", "write `defaults: {batch_size: 1}`"))
    model_.defaults = node->entries();
}

void ModelReader::data() {
  const Node* node = section("data");
  if (!node || !reader_.mapping(*node, "data", "write `data: {patches: {file: patches.npy}}`"))
    return;
  for (const Node::Entry& entry : node->entries()) {
    data_names_.push_back(entry.key);
    if (!reader_.check_name(entry.key, entry.place, "data")) continue;
    if (!reader_.mapping(entry.value, fmt::format("data '{}'", entry.key),
                         entry.value.is(Kind::text) ? fmt::format("write `{}: {{file: {}}}`",
                                                                  entry.key, entry.value.text())
                                                    : "write {file: patches.npy}"))
      continue;
    reader_.check_keys(entry.value, "data", {"file", "array", "scale"});
    DataSyntax out{entry.key, entry.place, {}, {}, {}};
    if (const Node* array = entry.value.find("array")) out.array = reader_.text(*array, "array");
    if (const Node* scale = entry.value.find("scale")) out.scale = reader_.real(*scale, "scale");
    const Node* file = entry.value.find("file");
    if (!file) {
      reader_.error(entry.place, fmt::format("data '{}' names no file", entry.key),
                    "add `file: NAME.npy`");
      continue;
    }
    const auto word = reader_.text(*file, "file");
    if (!word) continue;
    out.file = *word;
    model_.data.push_back(std::move(out));
  }
}

void ModelReader::protocol() {
  const Node* node = root_->find("protocol");
  if (!node || node->is(Kind::null)) return;
  model_.has_protocol = true;
  model_.protocol =
      ProtocolReader(reader_, scope_, process_names_, data_names_).statements(*node, "protocol");
}

void ModelReader::warn_of_what_is_ignored() {
  for (const Node::Entry& entry : root_->entries())
    if (kOuterOnly.contains(entry.key))
      reader_.diagnostics().warning(
          entry.place, fmt::format("the '{}' of a nested model is ignored", entry.key),
          "that of the outermost model counts; remove it here to be rid of this warning");
}

}  // namespace plexus::model::detail

#include "plexus/compilers/model/syntax.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/model/reader.h"
#include "plexus/compilers/model/yaml.h"

namespace plexus::model {
namespace {

using Kind = Node::Kind;

const std::vector<std::string> kSections{
    "plexus",   "name",  "description", "seed", "plugins",  "parameters", "defaults", "components",
    "contexts", "wires", "processes",   "data", "protocol", "watch",      "output"};
const std::set<std::string, std::less<>> kOuterOnly{"seed", "data", "protocol", "watch", "output"};

/// Reads a model file section by section: parameters first, as all others may use them.
class ModelReader {
 public:
  ModelReader(ModelSyntax& model, const std::vector<Override>& overrides, Diagnostics& diagnostics,
              Role role)
      : model_(model), overrides_(overrides), reader_(diagnostics), role_(role) {}

  void run(const Node& root) {
    if (root.is(Kind::invalid)) return;
    if (root.is(Kind::null)) {
      reader_.error(model_.source->place(0), "the file is empty",
                    "a model begins with `plexus: 1`");
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

 private:
  /// A section's value with parameters put in; nullptr if there is none, or nothing in it.
  const Node* section(std::string_view key) {
    const Node* raw = root_->find(key);
    if (!raw || raw->is(Kind::null)) return nullptr;
    return &sections_.emplace(std::string{key}, interpolate(*raw, scope_, reader_.diagnostics()))
                .first->second;
  }

  [[nodiscard]] const Place& key_place(std::string_view key) const {
    return root_->entry(key)->place;
  }

  void version() {
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

  void parameters() {
    std::vector<std::string> names;
    const Node* node = root_->find("parameters");
    if (node && !node->is(Kind::null) &&
        reader_.mapping(*node, "parameters", "write `parameters: {n_in: 64}`")) {
      for (const Node::Entry& entry : node->entries()) {
        names.push_back(entry.key);
        scope_.later.emplace(entry.key, entry.place);
      }
      for (const Node::Entry& entry : node->entries()) parameter(entry);
    }
    for (const Override& given : overrides_)
      if (std::ranges::find(names, given.name) == names.end()) {
        std::string remedy = did_you_mean(given.name, names);
        if (names.empty()) remedy = "it declares none: add a section `parameters`";
        reader_.error(
            given.place,
            fmt::format("the model '{}' has no parameter '{}'", model_.source->file(), given.name),
            remedy);
      }
  }

  void parameter(const Node::Entry& entry) {
    const auto settle = [&](bool good) {
      scope_.later.erase(entry.key);
      if (!good) scope_.broken.insert(entry.key);
    };
    if (!reader_.check_name(entry.key, entry.place, "parameter")) return settle(false);
    if (entry.key == "i") {
      reader_.error(entry.place, "a parameter cannot be named 'i'",
                    "'i' is the turn of a loop; choose another name");
      return settle(false);
    }
    const auto given =
        std::ranges::find(overrides_.rbegin(), overrides_.rend(), entry.key, &Override::name);
    const bool overridden = given != overrides_.rend();
    const Node value =
        interpolate(overridden ? given->value : entry.value, scope_, reader_.diagnostics());
    if (!value.is_scalar()) {
      reader_.mismatch(value, fmt::format("parameter '{}'", entry.key),
                       "a number, a text, true, false or null",
                       "lists are written where they are used, e.g. shape: [$(n_in), $(n_out)]");
      return settle(false);
    }
    if (overridden && !same_sort(value, entry.value)) {
      reader_.error(value.place(),
                    fmt::format("parameter '{}' is set to {}, but it is {} in the model", entry.key,
                                value.summary(), sort(entry.value)));
      return settle(false);
    }
    settle(true);
    scope_.parameters.emplace(entry.key, value.scalar());
    model_.parameters.push_back({entry.key, entry.place, value.scalar(), overridden});
  }

  static bool same_sort(const Node& value, const Node& declared) {
    if (declared.is(Kind::text) && declared.text().find("$(") != std::string::npos) return true;
    return value.is(Kind::null) || declared.is(Kind::null) || sort(value) == sort(declared);
  }
  static std::string_view sort(const Node& node) {
    return node.is_number()         ? "a number"
           : node.is(Kind::boolean) ? "true or false"
           : node.is(Kind::text)    ? "a text"
                                    : "something else";
  }

  void heading() {
    if (const Node* node = section("name"))
      if (const auto name = reader_.text(*node, "name")) {
        if (name->text.find_first_of(":/\\ \t\n") != std::string::npos ||
            name->text.starts_with('.'))
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
      const auto seed =
          reader_.integer(*node, "seed", 0, std::numeric_limits<std::uint32_t>::max());
      if (seed) model_.seed = static_cast<std::uint32_t>(*seed);
      model_.seed_place = node->place();
    }
  }

  void defaults() {
    const Node* node = section("defaults");
    if (node && reader_.mapping(*node, "defaults", "write `defaults: {batch_size: 1}`"))
      model_.defaults = node->entries();
  }

  /// Components and nested contexts, in the order of their sections.
  void declarations() {
    bool any = false;
    for (const Node::Entry& entry : root_->entries()) {
      const bool components = entry.key == "components";
      if (!components && entry.key != "contexts") continue;
      any = true;
      const Node* node = section(entry.key);
      if (!node) continue;
      if (!reader_.mapping(*node, entry.key,
                           components ? "write `components: {cell: {type: RateCell, n_units: 25}}`"
                                      : "write `contexts: {layer1: {model: layer.yaml}}`"))
        continue;
      for (const Node::Entry& one : node->entries()) {
        const bool good =
            reader_.check_name(one.key, one.place, components ? "component" : "context");
        const auto [first, is_new] = declared_.emplace(one.key, one.place);
        if (!is_new)
          reader_.error(
              one.place,
              fmt::format("the name '{}' is taken, in line {}", one.key, first->second.line),
              "components and contexts share their names: rename one");
        const std::size_t before = model_.declarations.size();
        if (good && is_new) components ? component(one) : context(one);
        if (is_new && model_.declarations.size() == before) model_.broken.insert(one.key);
      }
    }
    if (!any)
      reader_.error(root_->place(), "the model has no components",
                    "add a section `components: {cell: {type: RateCell, n_units: 25}}`");
  }

  void component(const Node::Entry& entry) {
    if (!reader_.mapping(
            entry.value, fmt::format("component '{}'", entry.key),
            entry.value.is(Kind::text)
                ? fmt::format("write `{}: {{type: {}}}`", entry.key, entry.value.text())
                : "write its type and parameters, e.g. {type: RateCell, n_units: 25}"))
      return;
    ComponentSyntax out{entry.key, entry.place, {}, {}};
    const Node* type = entry.value.find("type");
    if (!type) {
      std::vector<std::string> keys;
      for (const Node::Entry& parameter : entry.value.entries()) keys.push_back(parameter.key);
      const std::string near = nearest("type", keys);
      reader_.error(entry.place, fmt::format("component '{}' has no type", entry.key),
                    near.empty() ? "add e.g. `type: RateCell`; `plexus describe` lists the types"
                                 : fmt::format("is '{}' meant to be 'type'?", near));
      return;
    }
    const auto word = reader_.text(*type, "type", "`plexus describe` lists the types");
    if (!word) return;
    out.type = *word;
    for (const Node::Entry& parameter : entry.value.entries())
      if (parameter.key != "type") out.parameters.push_back(parameter);
    model_.declarations.emplace_back(std::move(out));
  }

  void context(const Node::Entry& entry) {
    if (!reader_.mapping(entry.value, fmt::format("context '{}'", entry.key),
                         "write {model: layer.yaml, with: {n_in: 100}}"))
      return;
    reader_.check_keys(entry.value, "a context", {"model", "with"});
    ContextSyntax out{entry.key, entry.place, {}, {}};
    if (const Node* with = entry.value.find("with"); with && !with->is(Kind::null))
      if (reader_.mapping(*with, "with", "write `with: {n_in: 100}`"))
        for (const Node::Entry& one : with->entries()) {
          if (one.value.is_scalar())
            out.with.push_back(one);
          else
            reader_.mismatch(one.value, fmt::format("parameter '{}'", one.key),
                             "a number, a text, true, false or null");
        }
    const Node* file = entry.value.find("model");
    if (!file) {
      reader_.error(entry.place, fmt::format("context '{}' names no model", entry.key),
                    "add `model: FILE.yaml`");
      return;
    }
    const auto word = reader_.text(*file, "model");
    if (!word) return;
    out.model = *word;
    model_.declarations.emplace_back(std::move(out));
  }

  void wires() {
    const Node* node = section("wires");
    if (!node ||
        !reader_.list(*node, "wires", "each wire is an entry of its own: `- lgn.zF >> W.inputs`"))
      return;
    for (const Node& item : node->items()) wire(item);
  }

  void wire(const Node& item) {
    static constexpr const char* kQuotes =
        "an expression with commas needs quotes here: {wire: \"Summation(a.z, b.z) >> c.j\", "
        "delayed: true}";
    bool delayed = false;
    const Node* text = &item;
    if (item.is(Kind::mapping)) {
      for (const Node::Entry& entry : item.entries()) {
        if (entry.key == "wire" || entry.key == "delayed") continue;
        if (entry.key.find(">>") != std::string::npos && item.find("wire")) {
          reader_.error(entry.place, "the expression is cut at a comma", kQuotes);
          return;
        }
        if (entry.key.find(">>") != std::string::npos) {
          reader_.error(entry.place, "this wire is a mapping",
                        "write it without braces and without a colon: `- lgn.zF >> W.inputs`");
          return;
        }
        reader_.error(entry.place, fmt::format("unknown key '{}' in a wire", entry.key),
                      did_you_mean(entry.key, std::vector<std::string>{"wire", "delayed"}));
      }
      if (const Node* flag = item.find("delayed"))
        delayed = reader_.boolean(*flag, "delayed").value_or(false);
      text = item.find("wire");
      if (!text) {
        reader_.error(item.place(), "this wire lacks the key 'wire'",
                      "write {wire: z2.s >> W1.inputs, delayed: true}");
        return;
      }
    }
    if (text->is(Kind::list) || (!text->is(Kind::text) && !text->is(Kind::invalid))) {
      reader_.mismatch(*text, "this wire", "a text",
                       "write `source >> destination`, e.g. `lgn.zF >> W.inputs`");
      return;
    }
    if (auto parsed = parse_wire(*text, scope_, reader_.diagnostics()))
      model_.wires.push_back(
          {text->place(), std::move(parsed->source), std::move(parsed->destination), delayed});
  }

  void processes() {
    const Node* node = section("processes");
    if (!node || !reader_.mapping(*node, "processes",
                                  "write `processes: {step: [lgn.advance_state, W.evolve]}`"))
      return;
    for (const Node::Entry& entry : node->entries()) process_names_.push_back(entry.key);
    for (const Node::Entry& entry : node->entries()) {
      if (!reader_.check_name(entry.key, entry.place, "process")) continue;
      if (auto steps = process(entry))
        model_.processes.push_back({entry.key, entry.place, std::move(*steps)});
    }
    refuse_cycles();
  }

  using Steps = std::variant<Chain, Join, Command>;

  std::optional<Steps> process(const Node::Entry& entry) {
    static constexpr const char* kForms =
        "write a text `a.advance_state >> W.evolve`, a list of such, {join: [P, Q]} or {command: "
        "reset}";
    const Node& node = entry.value;
    if (node.is(Kind::text)) {
      auto methods = parse_chain(node, reader_.diagnostics());
      if (!methods) return {};
      return Chain{std::move(*methods)};
    }
    if (node.is(Kind::list)) {
      if (node.items().empty())
        return reader_.mismatch(entry.value, fmt::format("process '{}'", entry.key),
                                "at least one method", kForms);
      Chain out;
      for (const Node& item : node.items())
        if (auto methods = parse_chain(item, reader_.diagnostics()))
          std::ranges::move(*methods, std::back_inserter(out.methods));
        else
          out.broken = true;
      return out;
    }
    if (!node.is(Kind::mapping))
      return reader_.mismatch(node, fmt::format("process '{}'", entry.key),
                              "a chain of methods, a join or a command", kForms);
    const Node* join_of = node.find("join");
    const Node* command_of = node.find("command");
    if (join_of && command_of) {
      reader_.error(node.entry("command")->place,
                    fmt::format("process '{}' is a join and a command", entry.key),
                    "write two processes, and join them");
      return {};
    }
    if (join_of) {
      reader_.check_keys(node, "a join", {"join"});
      return join(*join_of);
    }
    if (command_of) {
      reader_.check_keys(node, "a command", {"command", "only", "except"});
      return command(node, *command_of);
    }
    reader_.check_keys(node, "a process", {"join", "command", "only", "except"});
    reader_.error(entry.place,
                  fmt::format("process '{}' is neither a join nor a command", entry.key), kForms);
    return {};
  }

  std::optional<Steps> join(const Node& list) {
    if (!reader_.list(list, "join", "write {join: [advance, learn]}")) return {};
    Join out;
    for (const Node& item : list.items()) {
      if (item.is(Kind::text) && item.text().find('.') != std::string::npos) {
        reader_.error(item.place(),
                      fmt::format("a join takes processes, and '{}' is a method", item.text()),
                      "make it a process of its own: `learn: [W.evolve]`");
        out.broken = true;
        continue;
      }
      if (const auto known = reader_.known(item, "process", process_names_))
        out.processes.push_back(*known);
      else
        out.broken = true;
    }
    if (list.items().empty()) return reader_.mismatch(list, "join", "at least one process");
    return out;
  }

  std::optional<Steps> command(const Node& node, const Node& methods) {
    Command out;
    const auto add = [&](const Node& item) {
      if (auto name = reader_.name(item, "command")) out.methods.push_back(std::move(*name));
    };
    if (methods.is(Kind::list))
      std::ranges::for_each(methods.items(), add);
    else
      add(methods);
    if (methods.is(Kind::list) && methods.items().empty())
      return reader_.mismatch(methods, "command", "at least one method");
    const auto names = [&](const char* key, std::vector<Path>& into) {
      const Node* list = node.find(key);
      if (!list || !reader_.list(*list, key, fmt::format("write {}: [lgn, W]", key))) return;
      for (const Node& item : list->items())
        if (auto path = parse_path(item, 1, reader_.diagnostics()))
          into.push_back(std::move(*path));
    };
    names("only", out.only);
    names("except", out.except);
    out.has_only = node.find("only") != nullptr;
    if (out.methods.empty()) return {};
    return out;
  }

  /// A process that joins itself, directly or through others, has no end.
  void refuse_cycles() {
    enum class State { open, closed };
    std::map<std::string, State, std::less<>> state;
    std::vector<std::string> path;
    const std::function<void(const ProcessSyntax&)> visit = [&](const ProcessSyntax& process) {
      state[process.name] = State::open;
      path.push_back(process.name);
      if (const auto* joined = std::get_if<Join>(&process.steps))
        for (const Word& word : joined->processes) {
          const ProcessSyntax* next = model_.process(word.text);
          if (!next) continue;
          if (const auto seen = state.find(word.text); seen == state.end()) {
            visit(*next);
          } else if (seen->second == State::open) {
            const auto begin = std::ranges::find(path, word.text);
            reader_.error(word.place,
                          fmt::format("process '{}' joins itself: {} -> {}", word.text,
                                      fmt::join(begin, path.end(), " -> "), word.text),
                          "leave it out of one of these joins");
            cyclic_.insert(begin, path.end());
          }
        }
      path.pop_back();
      state[process.name] = State::closed;
    };
    for (const ProcessSyntax& process : model_.processes)
      if (!state.contains(process.name)) visit(process);
    std::erase_if(model_.processes,
                  [&](const ProcessSyntax& process) { return cyclic_.contains(process.name); });
  }

  void data() {
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

  void protocol() {
    const Node* node = root_->find("protocol");
    if (!node || node->is(Kind::null)) return;
    model_.has_protocol = true;
    model_.protocol = detail::ProtocolReader(reader_, scope_, process_names_, data_names_)
                          .statements(*node, "protocol");
  }

  void watch() {
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
  bool watched_before(const WatchSyntax& watch) {
    for (const WatchSyntax& other : model_.watches) {
      if (other.compartment.text != watch.compartment.text) continue;
      const bool same = other.process.has_value() == watch.process.has_value() &&
                        (!watch.process || watch.process->text == other.process->text);
      const auto& named = watch.process ? watch.process : other.process;
      const bool overlap = same || (watch.process.has_value() != other.process.has_value() &&
                                    !is_reset(named->text));
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

  /// Its runs are recorded only by a watch that names it.
  [[nodiscard]] bool is_reset(std::string_view name) const {
    const ProcessSyntax* process = model_.process(name);
    const auto* command = process ? std::get_if<Command>(&process->steps) : nullptr;
    return command && command->methods.size() == 1 && command->methods.front().text == "reset";
  }

  void output() {
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

  void mosaic(const Node::Entry& entry) {
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

  void warn_of_what_is_ignored() {
    for (const Node::Entry& entry : root_->entries())
      if (kOuterOnly.contains(entry.key))
        reader_.diagnostics().warning(
            entry.place, fmt::format("the '{}' of a nested model is ignored", entry.key),
            "that of the outermost model counts; remove it here to be rid of this warning");
  }

  ModelSyntax& model_;
  const std::vector<Override>& overrides_;
  detail::Reader reader_;
  Role role_;
  const Node* root_ = nullptr;
  Scope scope_;
  std::map<std::string, Node, std::less<>> sections_;
  std::map<std::string, Place, std::less<>> declared_;
  std::vector<std::string> process_names_, data_names_;
  std::set<std::string, std::less<>> cyclic_;
};

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

std::optional<Override> parse_override(const std::string& setting, Diagnostics& diagnostics) {
  auto source = std::make_shared<const Source>("--set", setting);
  const std::string& text = source->text();
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    diagnostics.error(source->place(0, text.size()), "a setting is NAME=VALUE",
                      "write e.g. --set n_out=36");
    return {};
  }
  const std::string name = text.substr(0, equals);
  const Place place = source->place(0, std::max<std::size_t>(equals, 1));
  if (!is_name(name)) {
    diagnostics.error(place, fmt::format("'{}' cannot be the name of a parameter", name),
                      "write e.g. --set n_out=36");
    return {};
  }
  Node value = read_yaml(*source, equals + 1, diagnostics);
  if (value.is(Node::Kind::invalid)) return {};
  if (!value.is_scalar()) {
    diagnostics.error(
        value.place(),
        fmt::format("the value of '{}' is {}; expected a number, a text, true, false or null", name,
                    value.summary()));
    return {};
  }
  return Override{name, place, std::move(value), std::move(source)};
}

std::vector<Override> overrides_of(const ContextSyntax& context) {
  std::vector<Override> out;
  for (const Node::Entry& entry : context.with)
    out.push_back({entry.key, entry.place, entry.value, nullptr});
  return out;
}

ModelSyntax parse_model(std::shared_ptr<const Source> source,
                        const std::vector<Override>& overrides, Diagnostics& diagnostics,
                        Role role) {
  ModelSyntax model;
  model.source = std::move(source);
  model.name = std::filesystem::path(model.source->file()).stem().string();
  for (const Override& given : overrides)
    if (given.source) model.overrides.push_back(given.source);
  ModelReader(model, overrides, diagnostics, role).run(read_yaml(*model.source, diagnostics));
  return model;
}

}  // namespace plexus::model

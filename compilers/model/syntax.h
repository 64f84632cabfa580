#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/expression.h"
#include "plexus/compilers/model/interpolation.h"
#include "plexus/compilers/model/node.h"
#include "plexus/compilers/model/source.h"

namespace plexus::model {

/// A word of the file with its place: a name, a text, a path of a file.
struct Word {
  std::string text;
  Place place;
};

/// An integer or real of the protocol; it may depend on the turn of the loop around it.
template <typename T>
struct Varying {
  T fixed{};                       // the value, unless it varies
  std::optional<Formula> formula;  // set if it varies
  T least{};                       // the smallest value allowed
  bool above = false;              // it must exceed `least`
  std::string what;                // "steps", for messages
  Place place;

  [[nodiscard]] bool varies() const noexcept { return formula.has_value(); }

  /// The value in a turn. Throws Error: config if the formula has none, or one out of range.
  [[nodiscard]] T at(std::int64_t turn = 0) const;
};
template <>
std::int64_t Varying<std::int64_t>::at(std::int64_t turn) const;
template <>
double Varying<double>::at(std::int64_t turn) const;
using Integer = Varying<std::int64_t>;
using Real = Varying<double>;

// ---- components, wires, processes, data --------------------------------------------------------

struct ParameterSyntax {  // of the model: parameters: {n_in: 169}
  std::string name;
  Place place;  // of the name
  Scalar value;
  bool overridden = false;
};

struct ComponentSyntax {
  std::string name;
  Place place;  // of the name
  Word type;
  std::vector<Node::Entry> parameters;  // without type, in order, interpolated
};

struct ContextSyntax {
  std::string name;
  Place place;
  Word model;                     // the other file, relative to this one
  std::vector<Node::Entry> with;  // its parameters; scalars, interpolated
};

/// What the model declares, in order: keys are given out in this order.
using Declaration = std::variant<ComponentSyntax, ContextSyntax>;

struct WireSyntax {
  Place place;  // of the whole wire
  Expression source;
  Path destination;
  bool delayed = false;
};

struct Chain {
  std::vector<Path> methods;  // NAME.METHOD
  bool broken = false;        // some were reported and left out
};
struct Join {
  std::vector<Word> processes;  // known, and free of cycles
  bool broken = false;          // as of a chain
};
struct Command {
  std::vector<Word> methods;  // at least one
  std::vector<Path> only, except;
  bool has_only = false;
};
struct ProcessSyntax {
  std::string name;
  Place place;
  std::variant<Chain, Join, Command> steps;
};

struct DataSyntax {
  std::string name;
  Place place;
  Word file;
  std::optional<Word> array;
  std::optional<double> scale;
};

// ---- protocol ----------------------------------------------------------------------------------

/// One `C.x: SOURCE` of a clamp.
struct Clamp {
  enum class Source {
    number,       // value: a number, perhaps deferred
    list,         // value: a list, perhaps with deferred numbers
    data,         // data names one of the model's data
    initialiser,  // value: a mapping, {uniform: {…}} or {file: …}
  };
  Path compartment;
  Source source = Source::number;
  Node value;
  std::string data;
  std::optional<std::int64_t> steps_axis;  // 1: the samples of data vary in time
};

/// `t: continue`.
struct ContinueTime {};

/// `t` of a run: from 0 on, held at a number, or going on.
using RunTime = std::variant<std::monostate, Real, ContinueTime>;

struct Run {
  struct Keyword {
    std::string name;
    Place place;
    Real value;
  };
  Word process;
  Integer steps;
  std::optional<Real> dt;
  RunTime t;
  Place t_place;
  std::vector<Keyword> keywords;  // other than t and dt
  std::vector<Clamp> clamps;      // before every step
  bool broken = false;            // something in it was reported: nothing is missing or unfit
};

struct ClampOnce {
  std::vector<Clamp> clamps;
};

struct Statement;

struct For {
  enum class Remainder { refuse, drop, fill };
  std::vector<Word> data;  // known
  Integer batch;
  bool shuffle = false;
  std::optional<Integer> limit;
  Integer epochs;
  Remainder remainder = Remainder::refuse;
  Place remainder_place;
  std::vector<Statement> body;
  bool broken = false;  // as of a run
};

struct Repeat {
  Integer times;
  std::vector<Statement> body;
  bool broken = false;
};

struct Every {
  Integer turns;
  std::vector<Statement> body;
  bool broken = false;
};

struct Normalize {
  struct Matrix {
    Path compartment;
    std::int64_t order = 1, axis = 0;
    Real norm;
  };
  std::vector<Matrix> matrices;
};

struct Assign {
  struct One {
    Path compartment;
    Expression value;
  };
  std::vector<One> assignments;
};

struct Record {
  std::vector<Path> compartments;
};

struct Log {
  Node text;  // a scalar, perhaps deferred

  [[nodiscard]] std::string at(std::int64_t turn = 0) const;
};

struct Statement {
  Place place;  // of the word that names it: run, for, …
  std::variant<Run, ClampOnce, For, Repeat, Every, Normalize, Assign, Record, Log> what;
};

// ---- watch, output -----------------------------------------------------------------------------

struct WatchSyntax {
  Path compartment;
  std::int64_t every = 1;
  std::optional<Word> process;  // known
};

struct MosaicSyntax {
  Path array;
  std::int64_t tile_rows = 0, tile_columns = 0;
  bool by_rows = false;  // axis: rows; else one tile a column
  bool every = false;    // all recorded rows; else the first and the last
};

struct OutputSyntax {
  std::optional<Word> directory;
  std::vector<MosaicSyntax> mosaics;
};

// ---- the whole ---------------------------------------------------------------------------------

/// A model file, checked as far as it can be without knowing the component types.
///
/// Left to the layer that knows the registry: types and their parameters, whether components,
/// compartments, methods and operators exist, shapes, keywords of processes, files.
///
/// Lifetime: every place and formula below points into `source`, `overrides` or, for a nested
/// model, into the source of the context that gave its parameters; keep the outer model as long.
struct ModelSyntax {
  std::shared_ptr<const Source> source;
  std::vector<std::shared_ptr<const Source>> overrides;  // the texts of --set

  std::string name;
  std::string description;
  std::optional<std::uint32_t> seed;
  Place seed_place;
  std::vector<Word> plugins;
  std::vector<ParameterSyntax> parameters;
  std::vector<Node::Entry> defaults;
  std::vector<Declaration> declarations;  // components and contexts in order
  std::set<std::string> broken;           // names of those that were reported and left out
  std::vector<WireSyntax> wires;
  std::vector<ProcessSyntax> processes;
  std::vector<DataSyntax> data;
  std::vector<Statement> protocol;
  bool has_protocol = false;
  std::vector<WatchSyntax> watches;
  OutputSyntax output;

  [[nodiscard]] const ComponentSyntax* component(std::string_view name) const noexcept;
  [[nodiscard]] const ProcessSyntax* process(std::string_view name) const noexcept;
  [[nodiscard]] const DataSyntax* find_data(std::string_view name) const noexcept;
  /// Whether a process is the command `reset`: its runs are recorded only by a watch that names it.
  [[nodiscard]] bool is_reset(std::string_view process) const noexcept;
};

/// A parameter given from outside: by `--set name=value`, or by `with:` of a nested context.
struct Override {
  std::string name;
  Place place;                           // of the name
  Node value;                            // a scalar
  std::shared_ptr<const Source> source;  // of a --set; else null
};

/// Reads the `name=value` of a --set; reports what is wrong with it.
std::optional<Override> parse_override(const std::string& setting, Diagnostics& diagnostics);

/// `with:` of a nested context, as overrides for its file.
std::vector<Override> overrides_of(const ContextSyntax& context);

enum class Role { model, nested };

/// Parses and checks a model file. Everything wrong is in `diagnostics`, and what is right is in
/// the result, so that the next layer can go on looking. A nested file's seed, protocol, data,
/// watch and output are ignored with a warning.
ModelSyntax parse_model(std::shared_ptr<const Source> source,
                        const std::vector<Override>& overrides, Diagnostics& diagnostics,
                        Role role = Role::model);

}  // namespace plexus::model

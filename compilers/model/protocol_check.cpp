#include "plexus/compilers/model/protocol_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plexus/compilers/model/clamp_source.h"
#include "plexus/compilers/model/values.h"
#include "plexus/core/error.h"

namespace plexus::model {
namespace {

/// A data set that an enclosing `for` walks: what a clamp of its name gives.
struct Walked {
  std::string name;
  std::optional<std::int64_t> batch;  // none if it varies
};

constexpr double kUnknown = 0;  // of turns that vary: what happens in them is not counted

/// "1.5 GB".
std::string bytes_text(double bytes) {
  constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < kUnits.size(); bytes /= 1000) ++unit;
  return fmt::format("{:.3g} {}", bytes, kUnits[unit]);
}

class Checker {
 public:
  Checker(const ModelSyntax& model, const Builder& builder, const DataSets& data, Context& context,
          Diagnostics& diagnostics)
      : model_(model),
        builder_(builder),
        data_(data),
        context_(context),
        diagnostics_(diagnostics) {}

  void check() {
    for (const WatchSyntax& watch : model_.watches)
      watched_.emplace_back(&watch, builder_.compartment(watch.compartment));
    statements(model_.protocol);
    watches();
    mosaics();
  }

 private:
  void error(const Place& place, const std::string& problem, const std::string& remedy = {}) {
    diagnostics_.error(place, problem, remedy);
  }

  void statements(const std::vector<Statement>& all) {
    for (const Statement& s : all)
      std::visit([&](const auto& what) { statement(s, what); }, s.what);
  }

  /// The body of a loop; `turns` of it, or kUnknown.
  void loop(const std::vector<Statement>& body, double turns) {
    const double times = times_;
    const auto outer = turns_;
    times_ *= turns;
    turns_ = turns;
    statements(body);
    turns_ = outer;
    times_ = times;
  }

  // ---- runs -------------------------------------------------------------------------------------

  void statement(const Statement& /*s*/, const Run& run) {
    for (const Clamp& clamp : run.clamps) check(clamp, &run);
    ran_.insert(run.process.text);
    if (!run.broken && !run.steps.varies()) count_watched(run);
    Process* process = builder_.sound_process(run.process.text);
    if (process == nullptr) return;
    const Plan& plan = process->plan();
    for (const auto& keyword : run.keywords)
      if (std::ranges::find(plan.keywords, keyword.name) == plan.keywords.end())
        unknown_keyword(keyword, run, plan);
    if (!run.broken) missing_keywords(run, plan);
  }

  void unknown_keyword(const Run::Keyword& keyword, const Run& run, const Plan& plan) {
    std::vector<std::string> known = plan.keywords;
    for (const char* always : {"t", "dt", "steps", "clamp"})
      if (std::ranges::find(known, always) == known.end()) known.emplace_back(always);
    error(keyword.place,
          fmt::format("no method of process '{}' takes the keyword '{}'", run.process.text,
                      keyword.name),
          did_you_mean(keyword.name, known));
  }

  void missing_keywords(const Run& run, const Plan& plan) {
    std::set<std::string> told;
    for (std::size_t i = 0; i < plan.keywords.size(); ++i) {
      const std::string& keyword = plan.keywords[i];
      const bool needs_dt =
          keyword == "dt" || (keyword == "t" && !std::holds_alternative<Real>(run.t));
      const bool given =
          needs_dt ? run.dt.has_value()
          : keyword == "t"
              ? true
              : std::ranges::any_of(run.keywords, [&](const auto& k) { return k.name == keyword; });
      const std::string missing = needs_dt ? "dt" : keyword;
      if (given || (keyword != "t" && plan.keyword_fallbacks[i])) continue;
      if (!told.insert(missing).second) continue;
      error(run.process.place,
            fmt::format("process '{}' needs the keyword '{}', which {} takes", run.process.text,
                        missing, plan.keyword_users[i]->label()),
            fmt::format("add e.g. `{}: 1.0` to the run", missing));
    }
  }

  // ---- what is recorded -------------------------------------------------------------------------

  void count_watched(const Run& run) {
    for (const auto& [watch, compartment] : watched_) {
      if (compartment == nullptr) continue;
      const bool wanted =
          watch->process ? watch->process->text == run.process.text : !is_reset(run.process.text);
      if (!wanted) continue;
      const double rows = times_ * std::floor(static_cast<double>(run.steps.at()) /
                                              static_cast<double>(watch->every));
      count(*compartment, watch->compartment.text, rows,
            run.steps.place.known() ? run.steps.place : run.process.place,
            "watch it `every: N`, or run fewer steps");
    }
  }

  void count(const Compartment& c, const std::string& name, double rows, const Place& place,
             const std::string& remedy) {
    const double limit = static_cast<double>(context_.state().limit());
    const double more = 4 * rows * static_cast<double>(c.shape().size());
    recorded_bytes_ += more;
    if (recorded_bytes_ <= limit || told_of_bytes_) return;
    told_of_bytes_ = true;
    error(place,
          fmt::format("the recording would take {} here, and the memory limit is {}: {} alone has "
                      "{:g} rows of {}",
                      bytes_text(recorded_bytes_), bytes_text(limit), name, rows,
                      to_string(c.shape())),
          remedy);
  }

  [[nodiscard]] bool is_reset(const std::string& name) const {
    const ProcessSyntax* process = model_.process(name);
    const auto* command = process != nullptr ? std::get_if<Command>(&process->steps) : nullptr;
    return command != nullptr && command->methods.size() == 1 &&
           command->methods.front().text == "reset";
  }

  // ---- loops ------------------------------------------------------------------------------------

  void statement(const Statement&, const ClampOnce& once) {
    for (const Clamp& clamp : once.clamps) check(clamp, nullptr);
  }

  void statement(const Statement& s, const For& loop_of) {
    std::optional<std::int64_t> batch;
    if (!loop_of.batch.varies() && !loop_of.broken) batch = loop_of.batch.at();
    const std::size_t before = walked_.size();
    for (const Word& word : loop_of.data) walked_.push_back({word.text, batch});
    loop(loop_of.body, turns_of(s, loop_of, batch));
    walked_.resize(before);
  }

  /// Checks the numbers of samples; returns that of turns.
  double turns_of(const Statement& s, const For& loop_of, std::optional<std::int64_t> batch) {
    std::optional<std::int64_t> samples;
    std::string first;
    for (const Word& word : loop_of.data) {
      const Shape* shape = data_.shape(word.text);
      if (shape == nullptr) continue;
      if (samples && (*shape)[0] != *samples)
        error(word.place,
              fmt::format("'{}' has {} samples, and '{}' has {}", word.text, (*shape)[0], first,
                          *samples),
              "data sets that are walked side by side must have equally many samples");
      else if (!samples)
        first = word.text, samples = (*shape)[0];
    }
    if (!samples || loop_of.broken) return kUnknown;
    if (loop_of.limit) {
      if (loop_of.limit->varies()) return kUnknown;
      if (loop_of.limit->at() > *samples)
        diagnostics_.warning(loop_of.limit->place,
                             fmt::format("the limit is {}, but '{}' has {} samples",
                                         loop_of.limit->at(), first, *samples),
                             "leave it out to take all of them");
      samples = std::min(*samples, loop_of.limit->at());
    }
    if (!batch) return kUnknown;
    using enum For::Remainder;
    const Place& place = loop_of.batch.place.known() ? loop_of.batch.place : s.place;
    if (*samples % *batch != 0 && loop_of.remainder == refuse)
      error(place, fmt::format("{} samples do not divide into batches of {}", *samples, *batch),
            "write `remainder: drop` to leave the last samples out, or `remainder: fill` to "
            "complete the last batch "
            "with the first ones");
    else if (*samples > 0 && *samples < *batch && loop_of.remainder == drop)
      diagnostics_.warning(
          loop_of.remainder_place,
          fmt::format("{} samples make no batch of {}: all of them are dropped", *samples, *batch),
          "write `remainder: fill`, or a smaller batch");
    if (loop_of.epochs.varies()) return kUnknown;
    const std::int64_t turns =
        *samples / *batch + (loop_of.remainder == fill && *samples % *batch != 0 ? 1 : 0);
    return static_cast<double>(turns) * static_cast<double>(loop_of.epochs.at());
  }

  void statement(const Statement&, const Repeat& repeat) {
    loop(repeat.body, repeat.broken || repeat.times.varies()
                          ? kUnknown
                          : static_cast<double>(repeat.times.at()));
  }

  void statement(const Statement&, const Every& every) {
    const bool known = !every.broken && !every.turns.varies();
    const double n = known ? static_cast<double>(every.turns.at()) : 1;
    if (known && turns_ > 0 && n > turns_)
      diagnostics_.warning(
          every.turns.place,
          fmt::format("this 'every' never acts: the loop around it has {:g} turns", turns_),
          "it acts in turns N, 2 N, …, which go on counting across epochs");
    const double times = times_;
    times_ = known && turns_ > 0 ? times_ / turns_ * std::floor(turns_ / n) : times_ / n;
    statements(every.body);
    times_ = times;
  }

  // ---- single statements ------------------------------------------------------------------------

  void statement(const Statement&, const Normalize& normalize) {
    for (const auto& matrix : normalize.matrices) {
      const Compartment* c = builder_.compartment(matrix.compartment);
      if (c == nullptr) continue;
      unwired(*c, matrix.compartment, "normalised");
      if (c->shape().rank() != 2)
        error(matrix.compartment.place,
              fmt::format("{} has shape {}; only a matrix can be normalised",
                          matrix.compartment.text, to_string(c->shape())));
    }
  }

  void statement(const Statement&, const Assign& assign) {
    for (const auto& one : assign.assignments) {
      const Compartment* c = builder_.compartment(one.compartment);
      const auto value = expression(one.value);
      if (c == nullptr || !value) continue;
      unwired(*c, one.compartment, "set");
      if (!is_float(*c, one.compartment, "set")) continue;
      try {
        const Shape shape = context_.evaluate(*value).shape;
        if (fit(shape, c->shape(), false) == Fit::none)
          error(one.compartment.place,
                fmt::format("cannot set {} {} to {} {}", one.compartment.text,
                            to_string(c->shape()), one.value.to_string(), to_string(shape)));
      } catch (const Error& problem) {
        error(one.value.place, problem.problem(), problem.remedy());
      }
    }
  }

  /// The value of an expression for shapes' sake; empty
  /// where it has none in turn 0, as it may in others.
  std::optional<plexus::Expression> expression(const Expression& syntax) {
    try {
      return builder_.expression(syntax, 0);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  bool is_float(const Compartment& c, const Path& path, const char* verb) {
    if (c.options().dtype == DType::float32) return true;
    error(
        path.place,
        fmt::format("{} holds {} and cannot be {}", path.text, to_string(c.options().dtype), verb),
        c.role() == plexus::Role::key
            ? fmt::format("a component's `key: …` chooses its random stream")
            : "");
    return false;
  }

  void statement(const Statement&, const Record& record) {
    for (const Path& path : record.compartments)
      if (const Compartment* c = builder_.compartment(path)) {
        recorded_.insert(path.text);
        count(*c, path.text, times_, path.place, "record it in fewer turns, below an `every: N`");
      }
  }
  void statement(const Statement&, const Log&) {}

  void unwired(const Compartment& c, const Path& path, const char* verb) {
    if (!c.targeted()) return;
    error(path.place,
          fmt::format(
              "{} cannot be {}: it is wired from {}{}", path.text, verb, c.wire()->source.text(),
              c.wire()->where.line > 0 ? fmt::format(" (line {})", c.wire()->where.line) : ""),
          fmt::format("clamp {} instead, or drop the wire", c.wire()->source.text()));
  }

  void check(const Clamp& clamp, const Run* run) {
    const Compartment* c = builder_.compartment(clamp.compartment);
    if (c == nullptr) return;
    unwired(*c, clamp.compartment, "clamped");
    if (!is_float(*c, clamp.compartment, "clamped")) return;
    std::optional<Shape> shape;
    std::string from;
    if (clamp.source == Clamp::Source::data) {
      const Shape* data = data_.shape(clamp.data);
      if (data == nullptr) return;
      const auto walked = std::find_if(walked_.rbegin(), walked_.rend(),
                                       [&](const Walked& w) { return w.name == clamp.data; });
      if (walked != walked_.rend()) {
        if (!walked->batch) return;
        if (clamp.steps_axis && data->rank() < 2) {
          error(clamp.value.place(),
                fmt::format("'{}' {} has no axis of steps", clamp.data, to_string(*data)));
          return;
        }
        shape = batch_shape(*data, *walked->batch, clamp.steps_axis.has_value());
        from = fmt::format("a batch of '{}' {}", clamp.data, to_string(*shape));
      } else {
        shape = *data;
        from = fmt::format("'{}' {}", clamp.data, to_string(*shape));
      }
    } else if (clamp.source == Clamp::Source::list && !clamp.value.has_deferred()) {
      const auto tensor =
          Values(diagnostics_, *model_.source).tensor(clamp.value, clamp.compartment.text);
      if (!tensor) return;
      shape = tensor->shape;
      from = fmt::format("a list of shape {}", to_string(*shape));
    } else if (clamp.source == Clamp::Source::initialiser && !clamp.value.has_deferred()) {
      const auto initialiser =
          Values(diagnostics_, *model_.source).initialiser(clamp.value, clamp.compartment.text);
      if (!initialiser) return;
      if (const Tensor* literal = initialiser->literal()) {
        shape = literal->shape;
        from = fmt::format("an array {}", to_string(*shape));
      } else {
        try {
          (void)initialiser->draw(c->shape(), Key{});
        } catch (const Error& problem) {
          error(clamp.value.place(),
                fmt::format("{}: {}", clamp.compartment.text, problem.problem()), problem.remedy());
        }
        return;
      }
    }
    if (!shape) return;
    const Fit how = fit(*shape, c->shape(), run != nullptr);
    if (how == Fit::none) {
      error(clamp.compartment.place,
            fmt::format("cannot clamp {} {} to {}", clamp.compartment.text, to_string(c->shape()),
                        from),
            misfit_remedy(*c, *shape, clamp, run != nullptr));
    } else if (how == Fit::stepped && !run->broken && !run->steps.varies() &&
               (*shape)[0] != run->steps.at()) {
      error(clamp.compartment.place,
            fmt::format("{} has {} rows for {} steps", from, (*shape)[0], run->steps.at()),
            fmt::format("write `steps: {}`, or cut the array", (*shape)[0]));
    }
  }

  static std::string misfit_remedy(const Compartment& c, const Shape& given, const Clamp& clamp,
                                   bool may_step) {
    const Shape& own = c.shape();
    const bool batched = own.rank() > 0 && !c.dims().empty() && c.dims()[0].batch;
    if (batched && clamp.source == Clamp::Source::data && given.rank() == own.rank() &&
        given[0] != own[0] && given.cols() == own.cols())
      return fmt::format("give {} `batch_size: {}`, or walk the data in batches of {}",
                         c.owner().label(), given[0], own[0]);
    return may_step ? "give one value a unit and sample, or a leading axis with one row a step"
                    : "give one value a unit and sample; a list is not repeated over a batch, a "
                      "single number is";
  }

  void watches() {
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

  void mosaics() {
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

  const ModelSyntax& model_;
  const Builder& builder_;
  const DataSets& data_;
  Context& context_;
  Diagnostics& diagnostics_;
  std::vector<Walked> walked_;
  std::vector<std::pair<const WatchSyntax*, const Compartment*>> watched_;
  std::set<std::string> ran_, recorded_;
  double times_ = 1;         // how often the present statement is executed; 0 if that is not known
  double turns_ = kUnknown;  // of the innermost loop
  double recorded_bytes_ = 0;  // so far, as far as it is known
  bool told_of_bytes_ = false;
};

}  // namespace

void check_protocol(const ModelSyntax& model, const Builder& builder, const DataSets& data,
                    Context& context, Diagnostics& diagnostics) {
  Checker(model, builder, data, context, diagnostics).check();
}

}  // namespace plexus::model

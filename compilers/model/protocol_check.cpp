#include "plexus/compilers/model/protocol_check.h"

#include <algorithm>
#include <optional>
#include <set>

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

class Checker {
 public:
  Checker(const ModelSyntax& model, const Builder& builder, const DataSets& data, Context& context,
          Diagnostics& diagnostics)
      : model_(model), builder_(builder), data_(data), context_(context), diagnostics_(diagnostics) {}

  void check() {
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

  void statement(const Statement& /*s*/, const Run& run) {
    for (const Clamp& clamp : run.clamps) check(clamp, &run);
    Process* process = context_.find_process(run.process.text);
    if (process == nullptr) return;
    ran_.insert(run.process.text);
    const Plan& plan = process->plan();
    std::vector<std::string> known = plan.keywords;
    for (const char* always : {"t", "dt"})
      if (std::ranges::find(known, always) == known.end()) known.emplace_back(always);
    for (const auto& keyword : run.keywords)
      if (std::ranges::find(plan.keywords, keyword.name) == plan.keywords.end())
        error(keyword.place, fmt::format("no method of process '{}' takes the keyword '{}'", run.process.text,
                                         keyword.name),
              did_you_mean(keyword.name, known));
    for (std::size_t i = 0; i < plan.keywords.size(); ++i) {
      const std::string& keyword = plan.keywords[i];
      const bool needs_dt = keyword == "dt" || (keyword == "t" && !std::holds_alternative<Real>(run.t));
      const bool given = needs_dt ? run.dt.has_value()
                         : keyword == "t"
                             ? true
                             : std::ranges::any_of(run.keywords, [&](const auto& k) { return k.name == keyword; });
      if (given || (keyword != "t" && plan.keyword_fallbacks[i])) continue;
      const std::string missing = needs_dt ? "dt" : keyword;
      error(run.process.place, fmt::format("process '{}' needs the keyword '{}', which {} takes", run.process.text,
                                           missing, plan.keyword_users[i]->label()),
            fmt::format("add e.g. `{}: 1.0` to the run", missing));
      break;
    }
  }

  void statement(const Statement&, const ClampOnce& once) {
    for (const Clamp& clamp : once.clamps) check(clamp, nullptr);
  }

  void statement(const Statement& s, const For& loop) {
    std::optional<std::int64_t> samples;
    std::string first;
    const std::size_t before = walked_.size();
    std::optional<std::int64_t> batch;
    if (!loop.batch.varies()) batch = loop.batch.at();
    for (const Word& word : loop.data) {
      const Shape* shape = data_.shape(word.text);
      walked_.push_back({word.text, batch});
      if (shape == nullptr) continue;
      if (samples && (*shape)[0] != *samples)
        error(word.place, fmt::format("'{}' has {} samples, and '{}' has {}", word.text, (*shape)[0], first, *samples),
              "data sets that are walked side by side must have equally many samples");
      else if (!samples)
        first = word.text, samples = (*shape)[0];
    }
    if (samples && loop.limit && !loop.limit->varies()) samples = std::min(*samples, loop.limit->at());
    if (samples && batch && *samples % *batch != 0 && loop.remainder == For::Remainder::refuse)
      error(loop.batch.place.known() ? loop.batch.place : s.place,
            fmt::format("{} samples do not divide into batches of {}", *samples, *batch),
            "write `remainder: drop` to leave the last samples out, or `remainder: fill` to complete the last batch "
            "with the first ones");
    statements(loop.body);
    walked_.resize(before);
  }

  void statement(const Statement&, const Repeat& loop) { statements(loop.body); }
  void statement(const Statement&, const Every& every) { statements(every.body); }

  void statement(const Statement&, const Normalize& normalize) {
    for (const auto& matrix : normalize.matrices) {
      const Compartment* c = builder_.compartment(matrix.compartment);
      if (c == nullptr) continue;
      unwired(*c, matrix.compartment, "normalised");
      if (c->shape().rank() != 2)
        error(matrix.compartment.place, fmt::format("{} has shape {}; only a matrix can be normalised",
                                                    matrix.compartment.text, to_string(c->shape())));
    }
  }

  void statement(const Statement&, const Assign& assign) {
    for (const auto& one : assign.assignments) {
      const Compartment* c = builder_.compartment(one.compartment);
      const auto value = builder_.expression(one.value, 0);
      if (c == nullptr || !value) continue;
      unwired(*c, one.compartment, "set");
      try {
        const Shape shape = context_.evaluate(*value).shape;
        if (fit(shape, c->shape(), false) == Fit::none)
          error(one.compartment.place, fmt::format("cannot set {} {} to {} {}", one.compartment.text,
                                                   to_string(c->shape()), one.value.to_string(), to_string(shape)));
      } catch (const Error& problem) {
        error(one.value.place, problem.problem(), problem.remedy());
      }
    }
  }

  void statement(const Statement&, const Record& record) {
    for (const Path& path : record.compartments)
      if (builder_.compartment(path) != nullptr) recorded_.insert(path.text);
  }
  void statement(const Statement&, const Log&) {}

  void unwired(const Compartment& c, const Path& path, const char* verb) {
    if (!c.targeted()) return;
    error(path.place, fmt::format("{} cannot be {}: it is wired from {}{}", path.text, verb,
                                  c.wire()->source.text(),
                                  c.wire()->where.line > 0 ? fmt::format(" (line {})", c.wire()->where.line) : ""),
          fmt::format("clamp {} instead, or drop the wire", c.wire()->source.text()));
  }

  void check(const Clamp& clamp, const Run* run) {
    const Compartment* c = builder_.compartment(clamp.compartment);
    if (c == nullptr) return;
    unwired(*c, clamp.compartment, "clamped");
    if (c->options().dtype != DType::float32) {
      error(clamp.compartment.place, fmt::format("{} holds {} and cannot be clamped", clamp.compartment.text,
                                                 to_string(c->options().dtype)));
      return;
    }
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
          error(clamp.value.place(), fmt::format("'{}' {} has no axis of steps", clamp.data, to_string(*data)));
          return;
        }
        shape = batch_shape(*data, *walked->batch, clamp.steps_axis.has_value());
        from = fmt::format("a batch of '{}' {}", clamp.data, to_string(*shape));
      } else {
        shape = *data;
        from = fmt::format("'{}' {}", clamp.data, to_string(*shape));
      }
    } else if (clamp.source == Clamp::Source::list && !clamp.value.has_deferred()) {
      const auto tensor = Values(diagnostics_, *model_.source).tensor(clamp.value, clamp.compartment.text);
      if (!tensor) return;
      shape = tensor->shape;
      from = fmt::format("a list of shape {}", to_string(*shape));
    } else if (clamp.source == Clamp::Source::initialiser && !clamp.value.has_deferred()) {
      const auto initialiser = Values(diagnostics_, *model_.source).initialiser(clamp.value, clamp.compartment.text);
      if (!initialiser) return;
      if (const Tensor* literal = initialiser->literal()) {
        shape = literal->shape;
        from = fmt::format("an array {}", to_string(*shape));
      } else {
        try {
          (void)initialiser->draw(c->shape(), Key{});
        } catch (const Error& problem) {
          error(clamp.value.place(), fmt::format("{}: {}", clamp.compartment.text, problem.problem()), problem.remedy());
        }
        return;
      }
    }
    if (!shape) return;
    const Fit how = fit(*shape, c->shape(), run != nullptr);
    if (how == Fit::none) {
      error(clamp.compartment.place, fmt::format("cannot clamp {} {} to {}", clamp.compartment.text,
                                                 to_string(c->shape()), from),
            run != nullptr ? "give one value a unit and sample, or a leading axis with one row a step"
                           : "give one value a unit and sample; a list is not repeated over a batch, a single number is");
    } else if (how == Fit::stepped && !run->steps.varies() && (*shape)[0] != run->steps.at()) {
      error(clamp.compartment.place, fmt::format("{} has {} rows for {} steps", from, (*shape)[0], run->steps.at()),
            fmt::format("write `steps: {}`, or cut the array", (*shape)[0]));
    }
  }

  void watches() {
    std::vector<const WatchSyntax*> seen;
    for (const WatchSyntax& watch : model_.watches) {
      if (builder_.compartment(watch.compartment) == nullptr) continue;
      recorded_.insert(watch.compartment.text);
      for (const WatchSyntax* other : seen) {
        if (other->compartment.text != watch.compartment.text) continue;
        const bool apart = other->process && watch.process && other->process->text != watch.process->text;
        if (apart) continue;
        error(watch.compartment.place, fmt::format("{} is watched twice{}", watch.compartment.text,
                                                   watch.process ? fmt::format(" for process '{}'", watch.process->text) : ""),
              "watch it once, or name different processes");
      }
      seen.push_back(&watch);
      if (watch.process && model_.has_protocol && !ran_.contains(watch.process->text))
        diagnostics_.warning(watch.process->place,
                             fmt::format("the protocol never runs process '{}', so {} is not recorded for it",
                                         watch.process->text, watch.compartment.text),
                             "a watch means the process that `run` names, not those joined in it");
    }
  }

  void mosaics() {
    for (const MosaicSyntax& mosaic : model_.output.mosaics) {
      const Compartment* c = builder_.compartment(mosaic.array);
      if (c == nullptr) continue;
      if (!recorded_.contains(mosaic.array.text))
        error(mosaic.array.place, fmt::format("{} is not recorded, so no mosaic can be made of it", mosaic.array.text),
              fmt::format("add `record: [{}]` to the protocol, or watch it", mosaic.array.text));
      if (c->shape().rank() != 2) {
        error(mosaic.array.place, fmt::format("{} {} is no matrix", mosaic.array.text, to_string(c->shape())));
        continue;
      }
      const std::int64_t length = mosaic.by_rows ? c->shape()[1] : c->shape()[0];
      if (mosaic.tile_rows * mosaic.tile_columns != length)
        error(mosaic.array.place, fmt::format("a tile of {} x {} does not hold the {} values of a {} of {}",
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
  std::set<std::string> ran_, recorded_;
};

}  // namespace

void check_protocol(const ModelSyntax& model, const Builder& builder, const DataSets& data, Context& context,
                    Diagnostics& diagnostics) {
  Checker(model, builder, data, context, diagnostics).check();
}

}  // namespace plexus::model
